import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import type { TestProjectConfiguration } from 'vitest/config'

/** A framework as it was, which a folder beside this file has installed, with what is bound to it. */
interface OlderFramework {
  readonly name: string
  readonly folder: string
  readonly packages: RegExp
  readonly env?: Readonly<Record<string, string>>
}

export const react18: OlderFramework = {
  name: 'React 18',
  folder: 'react-18',
  packages: /^(?:react|react-dom|@tanstack\/react-query|@testing-library\/react)(?:\/|$)/,
  env: { REACT_MAJOR: '18' },
}

export const vue34: OlderFramework = {
  name: 'Vue 3.4',
  folder: 'vue-3.4',
  packages: /^(?:vue|@vue\/test-utils)(?:\/|$)/,
  env: { VUE_MINOR: '4' },
}

/** Finds the framework from the folder that has the older one. */
function findIn({ folder, packages }: OlderFramework): Plugin {
  const anchor = fileURLToPath(new URL(`${folder}/package.json`, import.meta.url))
  return {
    name: folder,
    enforce: 'pre',
    resolveId(source) {
      return packages.test(source) ? this.resolve(source, anchor, { skipSelf: true }) : undefined
    },
  }
}

/** Tests of a package once more, on a framework as it was. */
export const onOlder = (
  framework: OlderFramework,
  root: string,
  include: readonly string[],
): TestProjectConfiguration => ({
  root,
  plugins: [findIn(framework)],
  test: {
    name: `${root} on ${framework.name}`,
    environment: 'happy-dom',
    ...(framework.env && { env: framework.env }),
    include: [...include],
    exclude: ['**/*.browser.test.{ts,tsx}'],
  },
})

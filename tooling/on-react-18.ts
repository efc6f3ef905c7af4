import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import type { TestProjectConfiguration } from 'vitest/config'

const anchor = fileURLToPath(new URL('react-18/package.json', import.meta.url))
const ofReact = /^(?:react|react-dom|@tanstack\/react-query|@testing-library\/react)(?:\/|$)/

/** Finds React, and what is bound to one React, from the folder that has version 18. */
const react18: Plugin = {
  name: 'react-18',
  enforce: 'pre',
  resolveId(source) {
    return ofReact.test(source) ? this.resolve(source, anchor, { skipSelf: true }) : undefined
  },
}

/** Tests of a package once more, on React 18. */
export const onReact18 = (root: string, include: readonly string[]): TestProjectConfiguration => ({
  root,
  plugins: [react18],
  test: {
    name: `${root} on React 18`,
    environment: 'happy-dom',
    env: { REACT_MAJOR: '18' },
    include: [...include],
  },
})

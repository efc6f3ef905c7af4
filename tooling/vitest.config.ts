import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { afterAllElse, inBrowser } from './in-browser.ts'
import { onOlder, react18, vue34 } from './on-older.ts'

const unit = (root: string, environment = 'node'): TestProjectConfiguration => ({
  root,
  test: {
    name: root,
    environment,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    exclude: ['**/*.{e2e,browser}.test.{ts,tsx}'],
    testTimeout: 30_000, // on a busy machine the larger properties take their time
  },
})

/** Opens the built app in a Chromium: CHROMIUM_PATH, or Playwright's own. */
const endToEnd = (root: string): TestProjectConfiguration => ({
  root,
  test: {
    name: `${root} end to end`,
    environment: 'node',
    include: ['test/**/*.e2e.test.ts'],
    testTimeout: 30_000,
    ...afterAllElse,
  },
})

// One process for all packages: starting vitest once per package takes four times as long.
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      unit('packages/core'),
      unit('packages/simulator'),
      unit('packages/relay'),
      unit('packages/react', 'happy-dom'),
      inBrowser('packages/react', [
        'react/jsx-runtime',
        'react/jsx-dev-runtime',
        'react-dom/client',
        '@tanstack/react-query',
        '@tanstack/react-query-devtools/production',
        'rxjs',
      ]),
      onOlder(react18, 'packages/react', [
        'test/{hydration,offline,query-cache,sharing,ssr,suspense,use-chat-stream}.test.tsx',
        'src/chat-text.test.tsx',
      ]),
      unit('packages/node'),
      unit('packages/vue', 'happy-dom'),
      inBrowser('packages/vue', ['vue', 'rxjs']),
      onOlder(vue34, 'packages/vue', ['{src,test}/**/*.test.ts']),
      unit('docs', 'happy-dom'),
      unit('tooling'),
      unit('apps/node-cli'),
      unit('apps/relay-server'),
      unit('apps/chat-kit'),
      unit('apps/react-chat'),
      unit('tooling/benchmarks'),
      endToEnd('apps/react-chat'),
      unit('apps/vue-chat'),
      endToEnd('apps/vue-chat'),
    ],
  },
})

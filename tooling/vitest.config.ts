import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const unit = (root: string): TestProjectConfiguration => ({
  root,
  test: {
    name: root,
    environment: 'node',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  },
})

// One process for all packages: starting vitest once per package takes four times as long.
export default defineConfig({
  test: {
    projects: [unit('packages/core'), unit('packages/simulator'), unit('apps/node-cli')],
  },
})

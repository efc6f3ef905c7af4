import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

const unit = (root: string, environment = 'node'): TestProjectConfiguration => ({
  root,
  test: {
    name: root,
    environment,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
  },
})

// One process for all packages: starting vitest once per package takes four times as long.
export default defineConfig({
  test: {
    projects: [
      unit('packages/core'),
      unit('packages/simulator'),
      unit('packages/react', 'happy-dom'),
      unit('apps/node-cli'),
    ],
  },
})

// Builds, type-checks and tests everything; the last line says how many tests passed, failed and were skipped.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findRedis } from './redis.mjs'
import { root, run, runOrExit } from './run.mjs'

const report = join(root, 'node_modules/.cache/vitest.json')

runOrExit('turbo', ['run', 'build', 'typecheck', '--output-logs=errors-only'])
// Only a page can say whether a browser works: so it is found, or fetched, before the tests.
const chromium = execFileSync(process.execPath, [join(root, 'tooling/scripts/browser.mjs')], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
}).trim()
rmSync(report, { force: true })
const status = run(
  'vitest',
  [
    'run',
    '--config=tooling/vitest.config.ts',
    `--root=${root}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  // Without a Redis the tests that need one are skipped, and say so.
  { variables: { CHROMIUM_PATH: chromium, REDIS_PATH: findRedis() ?? '' } },
)
const result = JSON.parse(readFileSync(report, 'utf8'))
console.log(
  `${result.numPassedTests} passed, ${result.numFailedTests} failed, ${result.numPendingTests + result.numTodoTests} skipped`,
)
process.exitCode = status || (result.numPassedTests === 0 ? 1 : 0)

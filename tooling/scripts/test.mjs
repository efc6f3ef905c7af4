// Builds, type-checks and tests everything; the last line says how many tests passed, failed and were skipped.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, runOrExit } from './run.mjs'

const report = join(root, 'node_modules/.cache/vitest.json')

runOrExit('turbo', ['run', 'build', 'typecheck', '--output-logs=errors-only'])
rmSync(report, { force: true })
const status = run('vitest', [
  'run',
  '--config=tooling/vitest.config.ts',
  `--root=${root}`,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const result = JSON.parse(readFileSync(report, 'utf8'))
console.log(
  `${result.numPassedTests} passed, ${result.numFailedTests} failed, ${result.numPendingTests + result.numTodoTests} skipped`,
)
process.exitCode = status || (result.numPassedTests === 0 ? 1 : 0)

// Builds, finds a browser, and lets strangers try the tarballs: see tooling/strangers.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root, run, runOrExit } from './run.mjs'

runOrExit('turbo', ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'], { quiet: true })
const chromium = execFileSync(process.execPath, [join(root, 'tooling/scripts/browser.mjs')], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
}).trim()
process.exitCode = run('node', [join(root, 'tooling/strangers/main.mjs'), ...process.argv.slice(2)], {
  variables: { CHROMIUM_PATH: chromium },
})

// Builds what the terminal app needs, then hands the terminal over to it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, runOrExit } from './run.mjs'

runOrExit('turbo', ['run', 'build', '--filter=@chatstream/node-cli', '--output-logs=errors-only'], {
  quiet: true,
})
const child = spawn(process.execPath, [join(root, 'apps/node-cli/dist/main.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// Ctrl-C reaches the whole process group: the app decides what it means, so this process only waits.
process.on('SIGINT', () => {})
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
})

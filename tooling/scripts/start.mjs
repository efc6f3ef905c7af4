// Sets up, builds the web app, and serves it with a simulator behind it until Ctrl-C.
import './setup.mjs'
import { run } from './run.mjs'

const parent = process.ppid

const filter = ['--filter=@chatstream/react-chat...', '--filter=@chatstream/simulator']
const status = run('turbo', ['run', 'build', ...filter, '--output-logs=errors-only'], { quiet: true })
if (status !== 0) process.exit(status)

const { startWeb } = await import('./start-web.mjs')
const web = await startWeb({
  port: Number(process.env.PORT ?? 4173),
  tokensPerSecond: 'natural',
  firstTokenMs: 'natural',
  jitter: 0.4,
})
console.log(`\n  The chat is at ${web.url}\n  A simulator answers, with scripted text. Ctrl-C ends both.\n`)

const end = () => {
  clearInterval(watch)
  // Once: a second signal ends the process at once, should closing take too long.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, end)
  void web.close()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
// A SIGTERM to npm ends npm and its shell, and does not come as far as here.
const watch = setInterval(() => {
  if (process.env.npm_lifecycle_event && process.ppid !== parent) end()
}, 250)

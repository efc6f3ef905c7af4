// Sets up, builds the web app, and serves it with a relay and a simulator behind it until Ctrl-C.
import './setup.mjs'
import { run } from './run.mjs'

const parent = process.ppid

const filter = ['@chatstream/react-chat...', '@chatstream/relay-server...', '@chatstream/simulator']
const status = run(
  'turbo',
  ['run', 'build', ...filter.map((name) => `--filter=${name}`), '--output-logs=errors-only'],
  { quiet: true },
)
if (status !== 0) process.exit(status)

const { startWeb } = await import('./start-web.mjs')
const web = await startWeb({
  port: Number(process.env.PORT ?? 4173),
  tokensPerSecond: 'natural',
  firstTokenMs: 'natural',
  jitter: 0.4,
})
console.log(
  `\n  The chat is at ${web.url}\n  A simulator answers, by way of a relay, with scripted text. Ctrl-C ends all three.\n`,
)

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

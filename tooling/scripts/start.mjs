// Sets up, builds the web chats, and serves them with a relay and a simulator behind it until Ctrl-C.
import './setup.mjs'
import { run } from './run.mjs'

const parent = process.ppid

const apps = { 'react-chat': 'React', 'vue-chat': 'Vue' }

const filter = [
  ...Object.keys(apps).map((app) => `@chatstream/${app}...`),
  '@chatstream/relay-server...',
  '@chatstream/simulator',
]
const status = run(
  'turbo',
  ['run', 'build', ...filter.map((name) => `--filter=${name}`), '--output-logs=errors-only'],
  { quiet: true },
)
if (status !== 0) process.exit(status)

const { startWeb } = await import('./start-web.mjs')
const web = await startWeb({
  apps: Object.keys(apps),
  port: Number(process.env.PORT ?? 4173),
  tokensPerSecond: 'natural',
  firstTokenMs: 'natural',
  jitter: 0.4,
})
const addresses = Object.values(apps).map((name, index) => `  The chat in ${name} is at ${web.urls[index]}`)
console.log(
  `\n${addresses.join('\n')}\n  A simulator answers, by way of a relay, with scripted text. Ctrl-C ends them all.\n`,
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

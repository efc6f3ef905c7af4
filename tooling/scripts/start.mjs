// Builds the web app, and serves it with a simulator behind it until Ctrl-C.
import { run } from './run.mjs'

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
  // Once: a second signal ends the process at once, should closing take too long.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, end)
  void web.close()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)

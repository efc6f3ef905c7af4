import { faultTable } from '../faults/fault-table.js'

/** What `--help` prints. */
export function help(): string {
  const faults = Object.entries(faultTable).map(
    ([name, { parameters, summary }]) =>
      `  ${[name, ...parameters.map((parameter) => `[${parameter}]`)].join(' ')}\n      ${summary}`,
  )
  return `Usage: chatstream-simulator [options]

Starts a local server that speaks AllToken's chat-completions wire. Any API key will do.

Options:
  --port <number>               the port; 0 for any free one (4010)
  --host <address>              the address to listen on (127.0.0.1)
  --tokens-per-second <number>  the speed; Infinity for no waiting (each model's own)
  --first-token-ms <number>     milliseconds to the first token (each model's own)
  --jitter <number>             how much the gap between tokens varies, 0 to 1 (0.4)
  --seed <text>                 the same ids and texts at every run
  --api-key <key>               accept this key only; may be given several times
  --fault <faults>              the faults of all answers, as 'status code=503 times=2, crlf'
  --help                        print this text

Faults, each with [times] and [key] too:
${faults.join('\n')}
`
}

import { parseArgs } from 'node:util'

export interface Options {
  /** The prompt from the arguments; empty if there is none. */
  readonly prompt: string
  readonly model: string
  readonly system: string | undefined
  readonly json: boolean
  readonly reasoning: boolean
  readonly help: boolean
  readonly version: boolean
}

export const usage = `chatstream [options] [prompt …]

Streams one answer: the text to stdout, the reasoning and a closing line with speed and cost to stderr.
The prompt comes from the arguments, or from stdin. Without either it is a conversation: /exit, Ctrl-D or Ctrl-C leaves.
Ctrl-C while it answers stops the answer and keeps what came.

  --model NAME     which model answers (default: deepseek-chat)
  --system TEXT    how it should answer
  --json           every event as one line of JSON on stdout
  --no-reasoning   leave the reasoning out
  --help           show this
  --version        show the version

ALLTOKEN_API_KEY   the key; without it, and without a base URL, a simulator on this machine answers
ALLTOKEN_BASE_URL  any OpenAI-compatible server, such as http://localhost:11434/v1; a key is sent if there is one
NO_COLOR           no dimmed text

It exits with 0; with 1 if the answer failed, 2 if it was called wrongly, 130 if Ctrl-C stopped the answer.
`

/** The options, or what is wrong with the arguments. */
export function readOptions(args: readonly string[]): Options | { readonly problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        model: { type: 'string', default: 'deepseek-chat' },
        system: { type: 'string' },
        json: { type: 'boolean', default: false },
        'no-reasoning': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        version: { type: 'boolean', default: false },
      },
    })
    const { model, system, json, help, version } = values
    const prompt = positionals.join(' ').trim()
    return { prompt, model, system, json, reasoning: !values['no-reasoning'], help, version }
  } catch (error) {
    // Node's own words; what follows their first sentence is about programming with them.
    return { problem: String((error as Error).message).split(/\.\s|\n/, 1)[0] ?? '' }
  }
}

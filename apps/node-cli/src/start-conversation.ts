import type { ChatClient, Message, WireMessage } from '@chatstream/core'
import type { Screen } from './create-screen.js'
import { explainError } from './explain-error.js'
import { printAnswer } from './print-answer.js'
import type { Options } from './read-options.js'
import { summaryLine } from './summary-line.js'

/** How a turn ended. */
type Outcome = 'answered' | 'stopped' | 'failed'

/** Says one thing in a conversation that goes on, and shows the answer. */
export type Say = (prompt: string, signal: AbortSignal) => Promise<Outcome>

/** A conversation that remembers. What came of an answer belongs to it, even if the rest was stopped or failed. */
export function startConversation(client: ChatClient, options: Options, screen: Screen): Say {
  const { model, system } = options
  let messages: readonly WireMessage[] = system === undefined ? [] : [{ role: 'system', content: system }]

  return async (prompt, signal) => {
    const asked: readonly WireMessage[] = [...messages, { role: 'user', content: prompt }]
    // Without this, many servers do not count the tokens.
    const request = { model, messages: asked, stream_options: { include_usage: true } }
    const answer = await printAnswer(client.stream(request, { signal }), screen, options)
    const content = textOf(answer.message)
    // A question without any answer is left out: two in a row, and many models refuse.
    if (content !== '') messages = [...asked, { role: 'assistant', content }]
    if (answer.error !== undefined) {
      if (options.json) screen.json({ type: 'error', error: answer.error })
      screen.note(explainError(answer.error))
      return 'failed'
    }
    screen.note(summaryLine(answer, { stopped: signal.aborted }))
    return signal.aborted ? 'stopped' : 'answered'
  }
}

const textOf = ({ parts }: Message): string =>
  parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : '')).join('')

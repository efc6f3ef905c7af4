import { type ChatClient, createChatSession, type Message } from '@chatstream/core'
import type { Paper } from './create-paper.js'
import type { Screen } from './create-screen.js'
import { explainError } from './explain-error.js'
import { type PrintOptions, printAnswers } from './print-answers.js'
import { summaryLine } from './summary-line.js'

/** How a turn ended. */
type Outcome = 'answered' | 'stopped' | 'failed'

/** Says one thing in a conversation that goes on, and shows the answer. */
export type Say = (prompt: string, signal: AbortSignal) => Promise<Outcome>

export interface ConversationOptions extends PrintOptions {
  readonly model: string
  readonly system: string | undefined
}

/** A conversation that remembers. What came of an answer belongs to it, even if the rest was stopped or failed. */
export function startConversation(
  client: ChatClient,
  options: ConversationOptions,
  screen: Screen,
  paper: Paper,
): Say {
  const { model, system } = options
  const printing = printAnswers(client, screen, paper, options)
  const session = createChatSession({
    client: printing.client,
    model,
    // Without this, many servers do not count the tokens.
    request: { stream_options: { include_usage: true } },
    initialMessages: system === undefined ? [] : [systemMessage(system)],
    pace: false,
  })

  return async (prompt, signal) => {
    const { stop } = session
    signal.addEventListener('abort', stop, { once: true })
    const settled = await session.sendMessage(prompt)
    await printing.whenPrinted()
    signal.removeEventListener('abort', stop)

    const { messages, error } = session.getState()
    // By now its cost may have come.
    const answer = messages.find(({ id }) => id === settled?.id) ?? settled
    if (answer === undefined || textOf(answer) === '') {
      // A question without any answer is left out: two in a row, and many models refuse.
      const asked = messages.findLastIndex(({ role }) => role === 'user')
      session.setMessages(messages.slice(0, asked))
    }
    if (error !== undefined) {
      if (options.json) screen.json({ type: 'error', error })
      screen.note(explainError(error))
      return 'failed'
    }
    screen.note(summaryLine(answer, { stopped: signal.aborted }))
    return signal.aborted ? 'stopped' : 'answered'
  }
}

const systemMessage = (text: string): Message => ({
  id: 'system',
  role: 'system',
  parts: [{ type: 'text', text }],
  state: 'complete',
})

const textOf = ({ parts }: Message): string =>
  parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : '')).join('')

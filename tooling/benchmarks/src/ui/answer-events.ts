import { toCompletionEvent } from '../decode/make-body.js'
import type { Protocol } from './ui-contender.js'

export interface AnswerEvents {
  readonly headers: Readonly<Record<string, string>>
  readonly before: string
  /** One for each token. */
  readonly deltas: readonly string[]
  readonly after: string
}

/** The same tokens, as each library's own server would send them. */
export function answerEvents(protocol: Protocol, tokens: readonly string[]): AnswerEvents {
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
  switch (protocol) {
    case 'openai':
      return {
        headers,
        before: '',
        deltas: tokens.map((content) => toCompletionEvent({ content }, null)),
        after: `${toCompletionEvent({}, 'stop')}data: [DONE]\n\n`,
      }
    case 'ai-sdk':
      return {
        headers: { ...headers, 'x-vercel-ai-ui-message-stream': 'v1' },
        before: event({ type: 'start' }) + event({ type: 'text-start', id: '0' }),
        deltas: tokens.map((delta) => event({ type: 'text-delta', id: '0', delta })),
        after: `${event({ type: 'text-end', id: '0' })}${event({ type: 'finish' })}data: [DONE]\n\n`,
      }
    case 'ag-ui': {
      const run = { threadId: 't', runId: 'r' }
      const message = { messageId: 'm' }
      return {
        headers,
        before:
          event({ type: 'RUN_STARTED', ...run }) +
          event({ type: 'TEXT_MESSAGE_START', ...message, role: 'assistant' }),
        deltas: tokens.map((delta) => event({ type: 'TEXT_MESSAGE_CONTENT', ...message, delta })),
        after: event({ type: 'TEXT_MESSAGE_END', ...message }) + event({ type: 'RUN_FINISHED', ...run }),
      }
    }
  }
}

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`

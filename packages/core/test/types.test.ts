import type { Observable, OperatorFunction } from 'rxjs'
import { describe, expectTypeOf, it } from 'vitest'
import {
  accumulateMessage,
  type ChatClient,
  type ChatEvent,
  type ChatRequest,
  ChatStreamError,
  type ChatStreamErrorKind,
  type Cost,
  type CostReport,
  createChatClient,
  finalMessage,
  isChatStreamError,
  isComment,
  type Message,
  type MessagePart,
  parseSse,
  reasoning,
  type ServerSentEvent,
  type SseComment,
  type SseEvent,
  type ToolCallPart,
  text,
  type Usage,
} from '../src/index.js'
import { parseSse as parseSseAlone } from '../src/sse/index.js'

/** Checked by the compiler; nothing of it need run. */
const check = (_use: (client: ChatClient, event: ChatEvent) => void): void => {}
const messages = [{ role: 'user', content: 'Hello' }] as const

describe('types', () => {
  it('narrow an event by its type', () => {
    check((_client, event) => {
      switch (event.type) {
        case 'text-delta':
        case 'reasoning-delta':
        case 'refusal-delta':
          expectTypeOf(event.text).toBeString()
          expectTypeOf(event.index).toBeNumber()
          return
        case 'tool-call-delta':
          expectTypeOf(event.toolIndex).toBeNumber()
          expectTypeOf(event.arguments).toEqualTypeOf<string | undefined>()
          return
        case 'choice-end':
          expectTypeOf(event.finishReason).toBeString()
          return
        case 'usage':
          expectTypeOf(event.usage).toEqualTypeOf<Usage>()
          return
        case 'cost':
          expectTypeOf(event).toEqualTypeOf<CostReport>()
          return
        case 'comment':
          expectTypeOf(event.comment).toBeString()
          return
        case 'attempt-failed':
          expectTypeOf(event.error).toEqualTypeOf<ChatStreamError>()
          expectTypeOf(event.retryInMs).toBeNumber()
          return
        case 'attempt-start':
        case 'response-start':
          expectTypeOf(event.attempt).toBeNumber()
          return
        case 'answer-end':
        case 'answer-reset':
          // @ts-expect-error it carries no text
          return void event.text
        default:
          // Every type of event was named above.
          expectTypeOf(event).toBeNever()
      }
    })
  })

  it('know no event of a wrong name', () => {
    check((_client, event) => {
      // @ts-expect-error it is `text-delta`
      return event.type === 'text'
    })
  })

  it('do not let the text of an event be read before it is narrowed', () => {
    check((_client, event) => {
      // @ts-expect-error not every event has a text
      return event.text
    })
  })

  it('keep events and messages from being changed', () => {
    const change = (event: Extract<ChatEvent, { type: 'text-delta' }>, message: Message): void => {
      // @ts-expect-error an event is read-only
      event.text = ''
      // @ts-expect-error so is a message
      message.state = 'complete'
      // @ts-expect-error and its list of parts
      message.parts.push({ type: 'text', text: '' })
    }
    expectTypeOf(change).toBeFunction()
  })

  it('have money as a string', () => {
    expectTypeOf<Cost['cost']>().toEqualTypeOf<string>()
    expectTypeOf<Cost['input_price']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<NonNullable<Message['cost']>['output_price']>().toEqualTypeOf<string | undefined>()
    // @ts-expect-error money is never a number
    const cost: Cost = { cost: 0.0012 }
    expectTypeOf(cost).toEqualTypeOf<Cost>()
  })

  it('have a cost and a usage that may be missing', () => {
    expectTypeOf<Message['cost']>().toEqualTypeOf<Cost | undefined>()
    expectTypeOf<Message['usage']>().toEqualTypeOf<Usage | undefined>()
  })

  it('let unknown fields of a request pass, and check those that are known', () => {
    check((client) => {
      client.stream({ model: 'm', messages, never_heard_of: { at: ['all'] }, temperature: 1 })
      client.stream({
        model: 'm',
        messages: [{ role: 'tool', tool_call_id: 'a', content: '1', extra: true }],
      })
      // @ts-expect-error a temperature is a number
      client.stream({ model: 'm', messages, temperature: 'hot' })
      // @ts-expect-error a role is one of five
      client.stream({ model: 'm', messages: [{ role: 'robot', content: '' }] })
      // @ts-expect-error there must be messages
      client.stream({ model: 'm' })
      // @ts-expect-error there must be a model
      client.stream({ messages })
      // @ts-expect-error the second argument holds the signal
      client.stream({ model: 'm', messages }, new AbortController().signal)
    })
    expectTypeOf<ChatRequest['anything']>().toBeUnknown()
  })

  it('take a signal that may be undefined', () => {
    check((client) => {
      const signal = undefined as AbortSignal | undefined
      expectTypeOf(client.stream({ model: 'm', messages }, { signal })).toEqualTypeOf<Observable<ChatEvent>>()
    })
  })

  it('take a key as a string or a function, also one that is async', () => {
    expectTypeOf(createChatClient({ apiKey: 'KEY' })).toEqualTypeOf<ChatClient>()
    createChatClient({ apiKey: () => 'KEY' })
    createChatClient({ apiKey: async () => 'KEY' })
    createChatClient()
    // @ts-expect-error a key is not a number
    createChatClient({ apiKey: 5 })
    // @ts-expect-error there is no such option
    createChatClient({ baseUrl: 'https://host' })
  })

  it('make the operators fit together', () => {
    expectTypeOf(text()).toEqualTypeOf<OperatorFunction<ChatEvent, string>>()
    expectTypeOf(reasoning(1)).toEqualTypeOf<OperatorFunction<ChatEvent, string>>()
    expectTypeOf(accumulateMessage({ id: 'm' })).toEqualTypeOf<OperatorFunction<ChatEvent, Message>>()
    expectTypeOf(parseSse()).toEqualTypeOf<OperatorFunction<Uint8Array, ServerSentEvent>>()
    expectTypeOf(parseSseAlone).toEqualTypeOf(parseSse)
    check((client) => {
      const stream$ = client.stream({ model: 'm', messages })
      expectTypeOf(finalMessage(stream$)).toEqualTypeOf<Promise<Message>>()
      // @ts-expect-error it reads bytes, not chat events
      stream$.pipe(parseSse())
    })
  })

  it('narrow a server-sent event', () => {
    const read = (event: ServerSentEvent): void => {
      if (isComment(event)) expectTypeOf(event).toEqualTypeOf<SseComment>()
      else expectTypeOf(event).toEqualTypeOf<SseEvent>()
    }
    expectTypeOf(read).toBeFunction()
    expectTypeOf<SseEvent['unfinished']>().toEqualTypeOf<true | undefined>()
  })

  it('narrow a part of a message', () => {
    expectTypeOf<Extract<MessagePart, { type: 'tool-call' }>>().toEqualTypeOf<ToolCallPart>()
    expectTypeOf<ToolCallPart['arguments']>().toBeString()
  })

  it('narrow an error, and name its kinds', () => {
    const read = (error: unknown): void => {
      // @ts-expect-error what was thrown may be anything
      void error.kind
      if (!isChatStreamError(error)) return
      expectTypeOf(error.kind).toEqualTypeOf<ChatStreamErrorKind>()
      expectTypeOf(error.retryAt).toEqualTypeOf<number | undefined>()
      // @ts-expect-error there is no such kind
      void (error.kind === 'rate-limited')
    }
    expectTypeOf(read).toBeFunction()
    // @ts-expect-error nor can one be made
    new ChatStreamError('rate-limited', '')
  })
})

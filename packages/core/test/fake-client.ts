import { Observable, type Subscriber } from 'rxjs'
import type { ChatClient } from '../src/create-chat-client.js'
import type { ChatEvent } from '../src/event/chat-event.js'
import type { ChatRequest } from '../src/http/chat-request.js'

/** One request of a fake client, answered by hand. */
interface FakeRequest {
  readonly request: ChatRequest
  readonly emit: (...events: readonly ChatEvent[]) => void
  /** Pieces of text. */
  readonly write: (...pieces: readonly string[]) => void
  /** The finish reason, and the end of the answer. The cost may follow. */
  readonly finish: (finishReason?: string) => void
  /** A whole answer, and the end of its body. */
  readonly answer: (text: string) => void
  /** Calls of tools, and the end of the answer. */
  readonly callTools: (...calls: readonly { id: string; name: string; arguments?: string }[]) => void
  readonly fail: (error: unknown) => void
  readonly end: () => void
  /** Nobody listens any more. */
  readonly isClosed: () => boolean
}

export interface FakeClient extends ChatClient {
  readonly requests: readonly FakeRequest[]
  /** The last request. */
  readonly last: () => FakeRequest
}

/** A client without a network: a test plays the server, step by step. */
export function createFakeClient(): FakeClient {
  const requests: FakeRequest[] = []
  return {
    requests,
    last: () => requests.at(-1) as FakeRequest,
    stream: (request) =>
      new Observable((subscriber) => {
        requests.push(createRequest(request, subscriber))
        subscriber.next({ type: 'attempt-start', attempt: 1, endpoint: 'https://fake.example/v1' })
      }),
  }
}

function createRequest(request: ChatRequest, subscriber: Subscriber<ChatEvent>): FakeRequest {
  const emit = (...events: readonly ChatEvent[]): void => {
    for (const event of events) subscriber.next(event)
  }
  const write = (...pieces: readonly string[]): void =>
    emit(...pieces.map((text): ChatEvent => ({ type: 'text-delta', index: 0, text, raw: {} })))
  const finish = (finishReason = 'stop'): void =>
    emit({ type: 'choice-end', index: 0, finishReason, raw: {} }, { type: 'answer-end' })
  return {
    request,
    emit,
    write,
    finish,
    answer(text) {
      write(text)
      finish()
      subscriber.complete()
    },
    callTools(...calls) {
      calls.forEach((call, toolIndex) => {
        emit({ type: 'tool-call-delta', index: 0, toolIndex, arguments: '{}', ...call, raw: {} })
      })
      finish('tool_calls')
      subscriber.complete()
    },
    fail: (error) => subscriber.error(error),
    end: () => subscriber.complete(),
    isClosed: () => subscriber.closed,
  }
}

import type { ChatClient, ChatEvent, ChatRequest } from '@chatstream/core'
import { Observable, type Subscriber } from 'rxjs'

/** One request of a fake client, answered by hand. */
interface FakeRequest {
  readonly request: ChatRequest
  /** Pieces of text. */
  readonly write: (...pieces: readonly string[]) => void
  /** The rest of the text, the end of the answer and of its body. */
  readonly finish: (text?: string) => void
  readonly emit: (event: ChatEvent) => void
  readonly fail: (error: unknown) => void
  readonly end: () => void
  /** Nobody listens any more. */
  readonly isClosed: () => boolean
}

export interface FakeClient extends ChatClient {
  readonly requests: readonly FakeRequest[]
  readonly last: () => FakeRequest
}

/** A client without a network: a test plays the server, step by step. */
export function createFakeClient(): FakeClient {
  const requests: FakeRequest[] = []
  return {
    requests,
    last: () => requests.at(-1) as FakeRequest,
    stream: (request, { signal } = {}) =>
      new Observable((subscriber) => {
        requests.push(createRequest(request, subscriber))
        signal?.addEventListener('abort', () => subscriber.complete())
        subscriber.next({ type: 'attempt-start', attempt: 1, endpoint: 'https://fake.example/v1' })
      }),
  }
}

function createRequest(request: ChatRequest, subscriber: Subscriber<ChatEvent>): FakeRequest {
  const write = (...pieces: readonly string[]): void => {
    for (const text of pieces) subscriber.next({ type: 'text-delta', index: 0, text, raw: {} })
  }
  return {
    request,
    write,
    finish(text) {
      if (text !== undefined) write(text)
      subscriber.next({ type: 'choice-end', index: 0, finishReason: 'stop', raw: {} })
      subscriber.next({ type: 'answer-end' })
      subscriber.complete()
    },
    emit: (event) => subscriber.next(event),
    fail: (error) => subscriber.error(error),
    end: () => subscriber.complete(),
    isClosed: () => subscriber.closed,
  }
}

import { randomBytes } from 'node:crypto'
import type { ByteSource } from '../store/byte-source.js'
import type { StreamStore } from '../store/stream-store.js'
import { createLogSink } from '../upstream/create-log-sink.js'
import { type Answer, type AnswerOptions, startStream } from '../upstream/start-answer.js'

export interface KeptStream {
  /** Not to be guessed: 192 bits. */
  readonly id: string
  readonly answer: Answer
  /** From its beginning. */
  readonly read: () => Promise<ByteSource>
}

/** An answer that goes into the store. It lives on for a while when its last reader has gone. */
export function keepStream(
  store: StreamStore,
  owner: string,
  options: AnswerOptions,
  graceMs: number,
): KeptStream {
  const id = randomBytes(24).toString('base64url')
  let grace: NodeJS.Timeout | undefined
  const wait = (): void => {
    clearTimeout(grace)
    grace = setTimeout(() => {
      sink.isRead().then(
        (isRead) => (isRead ? wait() : answer.end('aborted')),
        wait, // a store that cannot say is asked again
      )
    }, graceMs)
  }
  const sink = createLogSink(
    store,
    { id, owner, onStop: () => answer.end('stopped'), onUnread: wait },
    { maxBytes: options.maxAnswerBytes, onTooLarge: () => answer.end('too-large') },
  )
  const answer = startStream(sink, options)
  void answer.ended.then(() => clearTimeout(grace))
  return {
    id,
    answer,
    async read() {
      const stored = await store.find(id)
      if (stored === undefined) throw new Error('The store has lost a stream that has only begun.')
      return stored.read(0)
    },
  }
}

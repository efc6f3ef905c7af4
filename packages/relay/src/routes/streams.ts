import { type RelayAnswer, streamAnswer } from '../http/relay-answer.js'
import { RelayError } from '../http/relay-error.js'
import { withHeartbeat } from '../http/with-heartbeat.js'
import type { Call, RelayContext } from '../relay-context.js'
import type { RelayUser } from '../relay-options.js'
import type { ByteSource } from '../store/byte-source.js'
import { type StoredStream, StreamLostError } from '../store/stream-store.js'
import { untilGone } from '../store/until-gone.js'
import { errorFrame } from '../wire/error-frame.js'

/** `GET /streams/{id}`: what came after `Last-Event-ID`, and what is still to come. */
export async function resume<User extends RelayUser>(
  id: string,
  call: Call<User>,
  context: RelayContext<User>,
): Promise<RelayAnswer> {
  const lastEventId = call.request.headers.get('last-event-id') ?? ''
  if (!/^\d{0,15}$/.test(lastEventId)) {
    throw new RelayError(400, 'invalid_last_event_id', 'Last-Event-ID must be an id that an event had.')
  }
  const stored = await find(id, call, context)
  const source = tellLoss(untilGone(stored.read(Number(lastEventId)), call.gone))
  return streamAnswer(withHeartbeat(source, context.options.heartbeatMs ?? 15_000), id)
}

/** `DELETE /streams/{id}`: the answer ends upstream, whoever reads it and wherever. */
export async function stop<User extends RelayUser>(
  id: string,
  call: Call<User>,
  context: RelayContext<User>,
): Promise<RelayAnswer> {
  const stored = await find(id, call, context)
  await stored.stop()
  return { status: 204, headers: {}, body: undefined }
}

async function find<User extends RelayUser>(
  id: string,
  { user }: Call<User>,
  { options }: RelayContext<User>,
): Promise<StoredStream> {
  const stored = /^[\w-]{16,64}$/.test(id) ? await options.store?.find(id) : undefined
  // Someone else's is none: who tries ids must not learn which there are.
  if (stored === undefined || stored.owner !== user.id) {
    throw new RelayError(404, 'stream_not_found', 'There is no such stream, or none any more.')
  }
  return stored
}

const lost = new RelayError(502, 'stream_lost', 'The server that made this answer has gone: ask again.')

/** Who reads what a dead instance made is told so after the last of it. */
function tellLoss(source: ByteSource): ByteSource {
  let isLost = false
  return {
    async read() {
      if (isLost) return undefined
      try {
        return await source.read()
      } catch (error) {
        if (!(error instanceof StreamLostError)) throw error
        isLost = true
        return errorFrame(lost).bytes
      }
    },
    cancel: source.cancel,
  }
}

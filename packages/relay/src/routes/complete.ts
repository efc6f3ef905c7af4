import { parseChatRequest } from '../http/parse-chat-request.js'
import { readBody } from '../http/read-body.js'
import { jsonAnswer, type RelayAnswer, streamAnswer } from '../http/relay-answer.js'
import { RelayError } from '../http/relay-error.js'
import { withHeartbeat } from '../http/with-heartbeat.js'
import type { Call, RelayContext } from '../relay-context.js'
import type { RelayUser } from '../relay-options.js'
import { untilGone } from '../store/until-gone.js'
import { createPipe } from '../upstream/create-pipe.js'
import { type Answer, type AnswerOptions, startStream, startWhole } from '../upstream/start-answer.js'
import { follow } from './follow.js'
import { keepStream } from './keep-stream.js'

/** `POST /chat/completions` */
export async function complete<User extends RelayUser>(
  call: Call<User>,
  context: RelayContext<User>,
): Promise<RelayAnswer> {
  const { options, limits } = context
  if (context.isClosing()) {
    throw new RelayError(503, 'shutting_down', 'This server is closing.', { retryAfterMs: 1000 })
  }
  const { headers } = call.request
  // A form can send other types to another origin without asking first.
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? '')) {
    throw new RelayError(415, 'unsupported_media_type', 'The body must be application/json.')
  }
  const body = await readBody(call.body, {
    maxBytes: options.maxBodyBytes ?? 4 * 2 ** 20,
    timeoutMs: options.bodyTimeoutMs ?? 30_000,
    declared: headers.get('content-length'),
  })
  const { request, isStream } = parseChatRequest(body)
  if (options.models !== undefined && !options.models.includes(request.model)) {
    throw new RelayError(403, 'model_not_allowed', 'This model is not among those that you may ask.')
  }

  const leave = await limits.enter(call.user)
  const answerOptions: AnswerOptions = {
    ...context,
    request,
    maxEventBytes: options.maxEventBytes ?? 2 ** 20,
    maxAnswerBytes: options.maxAnswerBytes ?? 64 * 2 ** 20,
    openAfterMs: options.openAfterMs ?? 10_000,
  }
  const begin = (answer: Answer, streamId?: string): Promise<void> => {
    follow(answer, { call, context, leave, request, isStream, streamId })
    return untilOpened(answer, call.gone)
  }

  if (!isStream) {
    const answer = startWhole(answerOptions)
    await begin(answer)
    return jsonAnswer(200, answer.bytes())
  }
  const { store, heartbeatMs = 15_000 } = options
  if (store !== undefined) {
    const kept = keepStream(store, call.user.id, answerOptions, options.graceMs ?? 60_000)
    await begin(kept.answer, kept.id)
    return streamAnswer(withHeartbeat(untilGone(await kept.read(), call.gone), heartbeatMs), kept.id)
  }
  const pipe = createPipe(() => answer.end('aborted'), options.stallMs ?? 60_000)
  const answer = startStream(pipe.sink, answerOptions)
  await begin(answer)
  return streamAnswer(withHeartbeat(untilGone(pipe.source, call.gone), heartbeatMs), undefined)
}

/** Who leaves before there is a stream ends the answer, also one that could be resumed: nobody knows its name yet. */
async function untilOpened(answer: Answer, gone: AbortSignal): Promise<void> {
  const leave = (): void => answer.end('aborted')
  if (gone.aborted) leave()
  gone.addEventListener('abort', leave)
  try {
    await answer.opened
  } finally {
    gone.removeEventListener('abort', leave)
  }
}

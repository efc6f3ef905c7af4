import type { ChatRequest } from '@chatstream/core'
import type { Call, RelayContext } from '../relay-context.js'
import type { RelayUser } from '../relay-options.js'
import type { Answer, AnswerEnd } from '../upstream/start-answer.js'

export interface Following<User extends RelayUser> {
  readonly call: Call<User>
  readonly context: RelayContext<User>
  /** Gives its place back. */
  readonly leave: () => void
  readonly request: ChatRequest
  readonly isStream: boolean
  readonly streamId: string | undefined
}

/** Counts an answer among those under way until it is over; then tells of it. */
export function follow<User extends RelayUser>(answer: Answer, following: Following<User>): void {
  const { context, leave, request } = following
  const endSpan = context.tracing()?.start(request)
  context.running.add(answer)
  void answer.ended.then((end) => {
    context.running.delete(answer)
    leave()
    endSpan?.(end)
    void report(end, following)
  })
}

async function report<User extends RelayUser>(end: AnswerEnd, following: Following<User>): Promise<void> {
  const { call, context, request, isStream, streamId } = following
  const { outcome, error, facts, timeToFirstContentMs, durationMs } = end
  const { onFinish, spending } = context.options
  const { cost } = facts
  if (spending !== undefined && cost !== undefined) {
    await context.run(() => spending.add(call.user, cost.cost))
  }
  if (onFinish === undefined) return
  const data = error?.toJSON()
  await context.run(() =>
    onFinish(
      {
        requestId: call.requestId,
        streamId,
        model: request.model,
        isStream,
        outcome,
        error: data && { ...data, message: context.redactor.text(data.message) },
        ...facts,
        timeToFirstContentMs,
        durationMs,
      },
      call.user,
    ),
  )
}

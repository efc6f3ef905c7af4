import {
  type ChatEvent,
  type ChatRequest,
  ChatStreamError,
  isChatStreamError,
  isContent,
  isEventStream,
} from '@chatstream/core'
import type { Observable } from 'rxjs'
import { RelayError } from '../http/relay-error.js'
import { errorFrame } from '../wire/error-frame.js'
import type { Redactor } from '../wire/redact.js'
import type { AnswerSink } from './answer-sink.js'
import { createTap } from './create-tap.js'
import type { Upstream } from './create-upstream.js'
import { addFacts, type EventFacts, noFacts, type Outcome } from './relay-report.js'
import { askForWhole, readWhole } from './whole-completion.js'

export interface AnswerOptions {
  readonly upstream: Upstream
  readonly request: ChatRequest
  readonly redactor: Redactor
  /** What the client is told of a failure. */
  readonly explain: (error: ChatStreamError) => RelayError
  readonly maxEventBytes: number
  readonly maxAnswerBytes: number
  /** After this time the stream opens without an answer: what fails then is told in the stream. */
  readonly openAfterMs: number
  readonly onEvent?: (event: ChatEvent) => void
}

export interface AnswerEnd {
  readonly outcome: Outcome
  readonly error: ChatStreamError | undefined
  readonly facts: EventFacts
  readonly timeToFirstContentMs: number | undefined
  readonly durationMs: number
}

type EndReason = 'stopped' | 'aborted' | 'shut-down' | 'too-large'

export interface Answer {
  /** Resolves when the answer begins; rejects with a `RelayError` if it fails, or is ended, before. */
  readonly opened: Promise<void>
  /** Ends it now, and the connection to the upstream with it. */
  readonly end: (reason: EndReason) => void
  readonly ended: Promise<AnswerEnd>
}

const endings: Readonly<Record<EndReason, RelayError>> = {
  // Not to be tried again: so it is told as a request that was the client's own to take back.
  stopped: new RelayError(499, 'stopped', 'The answer was stopped.', { type: 'invalid_request_error' }),
  aborted: new RelayError(499, 'aborted', 'The client has gone.', { type: 'invalid_request_error' }),
  'shut-down': new RelayError(503, 'shutting_down', 'This server is closing.', { retryAfterMs: 1000 }),
  'too-large': new RelayError(502, 'answer_too_large', 'The answer is larger than this server keeps.'),
}

/** Asks for an answer, and passes it on into the sink from its first piece of content on, byte for byte. */
export function startStream(sink: AnswerSink, options: AnswerOptions): Answer {
  const { redactor, explain, maxEventBytes, openAfterMs } = options
  const tap = createTap({
    onUnits: (units) => sink.units({ ...units, bytes: redactor.bytes(units.bytes) }),
    maxUnitBytes: maxEventBytes + 1024,
  })
  const stream$ = options.upstream(options.request, {
    demand: sink.room,
    response: (response) => (isEventStream(response) ? tap.attach(response) : response),
    events: tap.count,
  })
  const fail = (error: RelayError): void => {
    sink.units(errorFrame(error))
    sink.end()
  }
  return run(stream$, options, openAfterMs, {
    open: sink.open,
    commit: tap.commit,
    complete() {
      tap.stop()
      tap.commit()
      sink.end(redactor.bytes(tap.rest()))
    },
    error(error) {
      tap.stop()
      if (sink.isResumable) fail(explain(error))
      else if (error.kind === 'truncated') sink.end(redactor.bytes(tap.rest()))
      else if (error.kind === 'network') sink.break()
      else fail(explain(error))
    },
    end(reason) {
      tap.stop()
      if (reason === 'aborted') sink.end()
      else fail(endings[reason])
    },
  })
}

/** Asks for an answer that comes whole. Its bytes are there when it has `opened`. */
export function startWhole(options: AnswerOptions): Answer & { readonly bytes: () => Uint8Array } {
  let bytes = new Uint8Array()
  const stream$ = options.upstream(options.request, {
    request: askForWhole,
    async response(response) {
      const whole = await readWhole(response, options.maxAnswerBytes)
      if ('bytes' in whole) bytes = new Uint8Array(whole.bytes)
      return whole.response
    },
  })
  const nothing = (): void => {}
  const steps = { open: nothing, commit: nothing, complete: nothing, error: nothing, end: nothing }
  const answer = run(stream$, options, undefined, steps)
  return { ...answer, bytes: () => options.redactor.bytes(bytes) }
}

interface Steps {
  readonly open: () => void
  /** The first piece of content has come. */
  readonly commit: () => void
  readonly complete: () => void
  /** It failed, or was ended, after it had opened. */
  readonly error: (error: ChatStreamError) => void
  readonly end: (reason: EndReason) => void
}

function run(
  stream$: Observable<ChatEvent>,
  { explain, onEvent }: AnswerOptions,
  /** Nothing: it opens at its end. */
  openAfterMs: number | undefined,
  steps: Steps,
): Answer {
  const startedAt = performance.now()
  let facts = noFacts
  let timeToFirstContentMs: number | undefined
  let isOpen = false
  let hasEnded = false
  let resolveOpened = (): void => {}
  let rejectOpened = (_: RelayError): void => {}
  let resolveEnded = (_: AnswerEnd): void => {}
  const opened = new Promise<void>((resolve, reject) => {
    resolveOpened = resolve
    rejectOpened = reject
  })
  const ended = new Promise<AnswerEnd>((resolve) => {
    resolveEnded = resolve
  })
  const open = (): void => {
    if (isOpen) return
    isOpen = true
    clearTimeout(timer)
    steps.open()
    resolveOpened()
  }
  const over = (outcome: Outcome, error?: ChatStreamError): void => {
    hasEnded = true
    clearTimeout(timer)
    const durationMs = performance.now() - startedAt
    resolveEnded({ outcome, error, facts, timeToFirstContentMs, durationMs })
  }
  const timer = openAfterMs === undefined ? undefined : setTimeout(open, openAfterMs)

  const subscription = stream$.subscribe({
    next(event) {
      facts = addFacts(facts, event)
      onEvent?.(event)
      if (event.type !== 'choice-end' && !isContent(event)) return
      timeToFirstContentMs ??= performance.now() - startedAt
      if (openAfterMs === undefined) return
      open()
      steps.commit()
    },
    error(cause: unknown) {
      const error = isChatStreamError(cause)
        ? cause
        : new ChatStreamError('upstream', 'The answer failed.', { cause })
      if (isOpen) steps.error(error)
      else rejectOpened(explain(error))
      over('failed', error)
    },
    complete() {
      open()
      steps.complete()
      over('complete')
    },
  })
  return {
    opened,
    end(reason) {
      if (hasEnded) return
      hasEnded = true
      subscription.unsubscribe()
      if (isOpen) steps.end(reason)
      else rejectOpened(endings[reason])
      if (reason !== 'too-large') over(reason)
      else over('failed', new ChatStreamError('too-large', 'The answer is larger than this server keeps.'))
    },
    ended,
  }
}

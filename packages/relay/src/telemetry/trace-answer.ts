import type { ChatRequest } from '@chatstream/core'
import type { Attributes, Tracer } from '@opentelemetry/api'
import type { AnswerEnd } from '../upstream/start-answer.js'

/** Ends the span of an answer. */
type EndSpan = (end: AnswerEnd) => void

export interface Tracing {
  readonly start: (request: ChatRequest) => EndSpan
}

/** If `@opentelemetry/api` is installed; it does nothing by itself, so a program that traces installs more. */
export async function loadTracing(provider: string): Promise<Tracing | undefined> {
  try {
    const api = await import('@opentelemetry/api')
    const tracer = api.trace.getTracer('@chatstream/relay')
    return { start: (request) => startSpan(api, tracer, request, provider) }
  } catch {
    return undefined // it is optional
  }
}

/**
 * A span for each answer, by the semantic conventions for generative AI. Prompts and answers are not in it.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
 */
function startSpan(
  { SpanKind, SpanStatusCode }: typeof import('@opentelemetry/api'),
  tracer: Tracer,
  request: ChatRequest,
  provider: string,
): EndSpan {
  const span = tracer.startSpan(`chat ${request.model}`, {
    kind: SpanKind.CLIENT,
    attributes: known({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': request.model,
      'gen_ai.request.max_tokens': request.max_tokens,
      'gen_ai.request.temperature': request.temperature,
      'gen_ai.request.top_p': request.top_p,
      'gen_ai.request.frequency_penalty': request.frequency_penalty,
      'gen_ai.request.presence_penalty': request.presence_penalty,
      'gen_ai.request.choice.count': request['n'] === 1 ? undefined : request['n'],
    }),
  })
  return ({ outcome, error, facts }) => {
    if (!span.isRecording()) return span.end()
    const { endpoint, usage, finishReasons, responseId, responseModel } = facts
    const address = endpoint === undefined ? undefined : new URL(endpoint)
    span.setAttributes(
      known({
        'gen_ai.response.id': responseId,
        'gen_ai.response.model': responseModel,
        'gen_ai.response.finish_reasons': finishReasons.length === 0 ? undefined : [...finishReasons],
        'gen_ai.usage.input_tokens': usage?.['prompt_tokens'] ?? facts.cost?.prompt_tokens,
        'gen_ai.usage.output_tokens': usage?.['completion_tokens'] ?? facts.cost?.completion_tokens,
        'server.address': address?.hostname,
        'server.port':
          address === undefined
            ? undefined
            : Number(address.port || (address.protocol === 'http:' ? 80 : 443)),
        'error.type': outcome === 'complete' ? undefined : (error?.kind ?? outcome),
      }),
    )
    if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
    span.end()
  }
}

const known = (attributes: Readonly<Record<string, unknown>>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null),
  ) as Attributes

import type { ChatRequest } from '@chatstream/core'
import * as v from 'valibot'
import { RelayError } from './relay-error.js'

const optional = <const Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema))
const between = (least: number, most: number) =>
  optional(v.pipe(v.number(), v.minValue(least), v.maxValue(most)))
const count = optional(v.pipe(v.number(), v.integer(), v.minValue(1)))

/** What is known of a request; fields that are not known pass. */
const schema = v.looseObject({
  model: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  messages: v.pipe(
    v.array(
      v.looseObject({
        role: v.picklist(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
        content: optional(v.union([v.string(), v.array(v.looseObject({}))])),
      }),
    ),
    v.minLength(1),
  ),
  stream: optional(v.boolean()),
  temperature: between(0, 2),
  top_p: between(0, 1),
  frequency_penalty: between(-2, 2),
  presence_penalty: between(-2, 2),
  max_tokens: count,
  n: count,
  tools: optional(v.array(v.looseObject({}))),
  stream_options: optional(v.looseObject({})),
})

/** A request as it may be sent on, less its `stream`. Throws a `RelayError` with status 400 that says what is wrong. */
export function parseChatRequest(body: Uint8Array): {
  readonly request: ChatRequest
  readonly isStream: boolean
} {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new RelayError(400, 'invalid_json', 'The body is not JSON.')
  }
  const result = v.safeParse(schema, value, { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    const where = v.getDotPath(issue)
    // Not the value: it may be long, and somebody's own.
    const what = `${where === null ? 'The body' : `The field ${where}`} is not as expected: ${issue.expected ?? issue.type}.`
    throw new RelayError(400, 'invalid_request', what.slice(0, 300))
  }
  const { stream, ...request } = value as ChatRequest & { readonly stream?: boolean | null }
  return { request, isStream: stream === true }
}

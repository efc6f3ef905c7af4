import * as v from 'valibot'
import { ApiError } from '../http/api-error.js'

/** The body of `POST /chat/completions`, as far as the simulator reads it. Unknown fields pass. */
export interface CompletionRequest {
  readonly model: string
  readonly messages: readonly RequestMessage[]
  readonly stream?: boolean | null | undefined
  readonly stream_options?: { readonly include_usage?: boolean | null | undefined } | null | undefined
  readonly max_tokens?: number | null | undefined
  readonly max_completion_tokens?: number | null | undefined
  readonly n?: number | null | undefined
  readonly tools?: readonly RequestTool[] | null | undefined
  readonly tool_choice?:
    | 'none'
    | 'auto'
    | 'required'
    | { readonly function: { readonly name: string } }
    | null
    | undefined
  readonly response_format?: ResponseFormat | null | undefined
}

/** The form that the answer shall have. */
interface ResponseFormat {
  readonly type: string
  readonly json_schema?: { readonly schema?: unknown } | undefined
}

/** One message of a conversation. */
export interface RequestMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  readonly content?: string | readonly MessagePart[] | null | undefined
}

/** A part of a message; only those of type `text` are read. */
interface MessagePart {
  readonly type: string
  readonly text?: string | undefined
}

/** A tool that the model may call. */
export interface RequestTool {
  readonly type: 'function'
  readonly function: { readonly name: string; readonly parameters?: unknown }
}

/**
 * Checks the body of a request.
 *
 * @throws ApiError with status 400 that names the first field that is wrong.
 */
export function parseCompletionRequest(body: unknown): CompletionRequest {
  const result = v.safeParse(completionRequest, body)
  if (result.success) return result.output
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  throw new ApiError(400, path === null ? issue.message : `${path}: ${issue.message}`)
}

const content = v.nullish(
  v.union(
    [v.string(), v.array(v.looseObject({ type: v.string(), text: v.optional(v.string()) }))],
    'must be a text or an array of parts',
  ),
)

const message = v.variant(
  'role',
  [
    v.looseObject({ role: v.picklist(['system', 'developer', 'user', 'assistant']), content }),
    v.looseObject({ role: v.literal('tool'), tool_call_id: v.string(), content }),
  ],
  'must be one of system, developer, user, assistant, tool',
)

const tokenCount = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)))
const numberBetween = (least: number, most: number) =>
  v.nullish(v.pipe(v.number(), v.minValue(least), v.maxValue(most)))

const completionRequest: v.GenericSchema<unknown, CompletionRequest> = v.looseObject({
  model: v.pipe(v.string(), v.nonEmpty('must not be empty')),
  messages: v.pipe(v.array(message), v.nonEmpty('must not be empty')),
  stream: v.nullish(v.boolean()),
  stream_options: v.nullish(v.looseObject({ include_usage: v.nullish(v.boolean()) })),
  max_tokens: tokenCount,
  max_completion_tokens: tokenCount,
  n: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16))),
  temperature: numberBetween(0, 2),
  top_p: numberBetween(0, 1),
  frequency_penalty: numberBetween(-2, 2),
  presence_penalty: numberBetween(-2, 2),
  tools: v.nullish(
    v.array(
      v.looseObject({
        type: v.literal('function'),
        function: v.looseObject({ name: v.string(), parameters: v.optional(v.unknown()) }),
      }),
    ),
  ),
  tool_choice: v.nullish(
    v.union([
      v.picklist(['none', 'auto', 'required']),
      v.looseObject({ function: v.looseObject({ name: v.string() }) }),
    ]),
  ),
  response_format: v.nullish(
    v.looseObject({
      type: v.string(),
      json_schema: v.optional(v.looseObject({ schema: v.optional(v.unknown()) })),
    }),
  ),
})

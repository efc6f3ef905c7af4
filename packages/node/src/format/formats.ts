import type { ChatEvent } from '@chatstream/core'
import { createJsonlFormat } from './create-jsonl-format.js'
import { createSseFormat } from './create-sse-format.js'
import { createTextFormat } from './create-text-format.js'
import type { Format } from './format.js'

/** The formats that have a name, and what they take. */
export interface Formats {
  /** The answer's text. */
  readonly text: ChatEvent | string
  /** Server-sent events, as the provider sends them. */
  readonly sse: ChatEvent
  /** A line of JSON for each value. */
  readonly jsonl: unknown
}

const byName: { readonly [Name in keyof Formats]: () => Format<Formats[Name]> } = {
  text: createTextFormat,
  sse: createSseFormat,
  jsonl: createJsonlFormat,
}

export const formatOf = (format: keyof Formats | Format<never>): Format<unknown> =>
  (typeof format === 'string' ? byName[format]() : format) as Format<unknown>

import { isRecord } from '../errors/is-record.js'

/** What an answer cost, as the comment after `[DONE]` says. Money is a decimal string, and is never made a number. */
export interface Cost {
  readonly cost: string
  readonly input_price?: string
  readonly output_price?: string
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly [field: string]: unknown
}

const unquotedMoney = /("(?:cost|input_price|output_price)"\s*:\s*)(-?\d[\d.eE+-]*)/g

/** The cost in a comment's text; nothing if the comment is not about cost. */
export function parseCost(comment: string): Cost | undefined {
  try {
    // A price that was sent as a number is taken as it is written: as a JavaScript number it would lose digits.
    const fields: unknown = JSON.parse(comment.replace(unquotedMoney, '$1"$2"'))
    return isRecord(fields) && typeof fields['cost'] === 'string' ? (fields as Cost) : undefined
  } catch {
    return undefined // not JSON, so it is a comment like any other, and is handed on as one
  }
}

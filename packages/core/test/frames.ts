/** Pieces of a streamed answer, framed as a server frames them. */

export const data = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`

/** One chunk of the first choice. */
export const delta = (fields: unknown, choice: Record<string, unknown> = {}): string =>
  data({ choices: [{ delta: fields, index: 0, ...choice }] })

export const content = (text: string): string => delta({ content: text })

export const finish = (reason: string): string => delta({}, { finish_reason: reason })

export const DONE = 'data: [DONE]\n\n'

export const COST =
  ': {"cost":"0.0012","input_price":"0.0003","output_price":"0.0009","prompt_tokens":15,"completion_tokens":42}\n'

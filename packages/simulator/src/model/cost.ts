import type { Model } from './models.js'

/** The content of the comment after `[DONE]`; money in US dollars, as decimal strings. */
export interface Cost {
  readonly cost: string
  readonly input_price: string
  readonly output_price: string
  readonly prompt_tokens: number
  readonly completion_tokens: number
}

/**
 * Computes the cost of a completion, exactly: a price per million tokens with up to three decimals is a whole number
 * of nano-dollars per token.
 *
 * @example
 * ```ts
 * completionCost({ inputPrice: '3', outputPrice: '15' }, 100, 20)
 * // { cost: '0.0006', input_price: '0.0003', output_price: '0.0003', prompt_tokens: 100, completion_tokens: 20 }
 * ```
 * @throws RangeError if a price has more than three decimals or is no decimal number.
 */
export function completionCost(
  model: Pick<Model, 'inputPrice' | 'outputPrice'>,
  promptTokens: number,
  completionTokens: number,
): Cost {
  const input = nanoDollarsPerToken(model.inputPrice) * BigInt(promptTokens)
  const output = nanoDollarsPerToken(model.outputPrice) * BigInt(completionTokens)
  return {
    cost: formatDollars(input + output),
    input_price: formatDollars(input),
    output_price: formatDollars(output),
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
  }
}

function nanoDollarsPerToken(dollarsPerMillion: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,3}))?$/.exec(dollarsPerMillion)
  if (match === null) throw new RangeError(`Not a price with at most three decimals: ${dollarsPerMillion}`)
  const [, whole = '0', decimals = ''] = match
  return BigInt(whole + decimals.padEnd(3, '0'))
}

function formatDollars(nanoDollars: bigint): string {
  const digits = nanoDollars.toString().padStart(10, '0')
  const decimals = digits.slice(-9).replace(/0+$/, '')
  return decimals === '' ? digits.slice(0, -9) : `${digits.slice(0, -9)}.${decimals}`
}

/**
 * The exact sum of decimal strings. Money is never made a number: 0.1 + 0.2 is not 0.3 there.
 *
 * What is not a plain decimal is left out, as a server may send anything; nothing at all gives `undefined`.
 */
export function addDecimals(amounts: Iterable<string>): string | undefined {
  const decimals = [...amounts].filter((amount) => plainDecimal.test(amount))
  if (decimals.length === 0) return undefined
  const scale = Math.max(...decimals.map((amount) => fractionOf(amount).length))
  const sum = decimals.reduce((total, amount) => total + toUnits(amount, scale), 0n)
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${sum < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

// Bounded, so that no server can make a page count to the end of a megabyte of digits.
const plainDecimal = /^-?\d{1,30}(?:\.\d{1,30})?$/

const fractionOf = (amount: string): string => amount.split('.')[1] ?? ''

const toUnits = (amount: string, scale: number): bigint =>
  BigInt(amount.replace('.', '') + '0'.repeat(scale - fractionOf(amount).length))

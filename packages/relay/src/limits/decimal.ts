/** A decimal number as digits and how many of them stand behind the point: exact, whatever its size. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

function parse(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(text.trim())
  if (match === null) throw new RangeError(`Not a decimal number: ${text.slice(0, 40)}`)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(sign + whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

const atScale = ({ digits, scale }: Decimal, wanted: number): bigint => digits * 10n ** BigInt(wanted - scale)

/**
 * The sum of two amounts of money, each a decimal string: never a number, which would lose digits. Throws a `RangeError`
 * for what is no amount.
 *
 * @example
 * ```ts
 * import { addDecimals } from '@chatstream/relay'
 *
 * addDecimals('0.1', '0.2') // '0.3'
 * ```
 */
export function addDecimals(left: string, right: string): string {
  const [a, b] = [parse(left), parse(right)]
  const scale = Math.max(a.scale, b.scale)
  return unitsToDecimal(atScale(a, scale) + atScale(b, scale), scale)
}

/** Is the first amount as large as the second one, or larger? */
export function isAtLeast(left: string, right: string): boolean {
  const [a, b] = [parse(left), parse(right)]
  const scale = Math.max(a.scale, b.scale)
  return atScale(a, scale) >= atScale(b, scale)
}

/** The amount as a whole number of 10^-scale, rounded up. */
export function toUnits(amount: string, scale: number): bigint {
  const decimal = parse(amount)
  if (decimal.scale <= scale) return atScale(decimal, scale)
  const divisor = 10n ** BigInt(decimal.scale - scale)
  const units = decimal.digits / divisor
  return decimal.digits > units * divisor ? units + 1n : units
}

export function unitsToDecimal(units: bigint, scale: number): string {
  if (scale === 0) return String(units)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

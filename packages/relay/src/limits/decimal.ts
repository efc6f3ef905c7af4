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

/** The sum of two amounts of money, each a decimal string: never a number, which would lose digits. */
export function addDecimals(left: string, right: string): string {
  const [a, b] = [parse(left), parse(right)]
  const scale = Math.max(a.scale, b.scale)
  const sum = atScale(a, scale) + atScale(b, scale)
  if (scale === 0) return String(sum)
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, '0')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Is the first amount as large as the second one, or larger? */
export function isAtLeast(left: string, right: string): boolean {
  const [a, b] = [parse(left), parse(right)]
  const scale = Math.max(a.scale, b.scale)
  return atScale(a, scale) >= atScale(b, scale)
}

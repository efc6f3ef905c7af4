import type { Verdict } from './section-report.js'

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  // The first column holds names, the others figures.
  const rule = head.map((_, position) => (position === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map(line).join('\n')
}

export const verdictTable = (verdicts: readonly Verdict[]): string =>
  markdownTable(
    ['What', 'Measured', 'Must', 'Aim', 'Verdict'],
    verdicts.map((verdict) => [
      verdict.what,
      format(verdict.measured, verdict),
      limit(verdict.must, verdict),
      verdict.aim === undefined ? '' : limit(verdict.aim, verdict),
      judge(verdict),
    ]),
  )

function holds({ measured, must, atLeast = false }: Verdict): boolean {
  return atLeast ? measured >= must : measured <= must
}

function judge(verdict: Verdict): string {
  const { measured, must, aim, atLeast = false } = verdict
  if (Number.isNaN(measured)) return 'not measured'
  if (holds(verdict)) {
    return aim !== undefined && holds({ ...verdict, must: aim }) ? 'holds, and the aim' : 'holds'
  }
  const factor = atLeast ? must / measured : measured / must
  return must === 0 ? `**misses** by ${measured}` : `**misses** by ${factor.toFixed(2)}x`
}

const limit = (value: number, verdict: Verdict): string =>
  `${verdict.atLeast ? '≥' : '≤'} ${format(value, verdict)}`

function format(value: number, { unit = 'x' }: Verdict): string {
  if (Number.isNaN(value)) return '-'
  const digits = unit === 'x' || Math.abs(value) < 10 ? (Number.isInteger(value) && unit !== 'x' ? 0 : 2) : 0
  return `${value.toFixed(digits)}${unit === 'x' || unit === '' ? unit : ` ${unit}`}`
}

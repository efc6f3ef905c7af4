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
      limit(verdict.aim, verdict),
      judge(verdict),
    ]),
  )

function judge(verdict: Verdict): string {
  const { measured, must, aim, atLeast = false } = verdict
  if (!Number.isFinite(measured)) return 'not measured'
  const reaches = (bound: number): boolean => (atLeast ? measured >= bound : measured <= bound)
  const missed = (bound: number): string =>
    bound === 0 ? `by ${measured}` : `by ${(atLeast ? bound / measured : measured / bound).toFixed(2)}x`
  if (must !== undefined && !reaches(must)) return `**misses** ${missed(must)}`
  if (aim === undefined) return 'holds'
  if (reaches(aim)) return must === undefined ? 'reaches the aim' : 'holds, and reaches the aim'
  return must === undefined ? `misses the aim ${missed(aim)}` : 'holds'
}

const limit = (bound: number | undefined, verdict: Verdict): string =>
  bound === undefined ? '' : `${verdict.atLeast ? '≥' : '≤'} ${format(bound, verdict)}`

function format(value: number, { unit = 'x' }: Verdict): string {
  if (!Number.isFinite(value)) return '-'
  if (unit === 'x') return `${value.toFixed(2)}x`
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return `${Number.isInteger(value) ? value : value.toFixed(digits)} ${unit}`.trim()
}

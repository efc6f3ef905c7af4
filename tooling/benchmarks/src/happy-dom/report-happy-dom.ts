import { barChart } from '../report/bar-chart.js'
import { markdownTable } from '../report/markdown-table.js'
import type { SectionReport, Verdict } from '../report/section-report.js'
import { growthExponent, median } from '../statistics.js'
import { uiContenders } from '../ui/ui-contenders.js'
import type { HappyDomCost } from './happy-dom-worker.js'

/** Tokens of an answer. */
export const sizes: readonly number[] = [4_000, 16_000, 64_000]

export interface HappyDomResults {
  /** By contender and round: what each size took. */
  readonly costs: Record<string, HappyDomCost[][]>
  readonly failures: Record<string, string>
}

export function reportHappyDom({ costs, failures }: HappyDomResults): SectionReport {
  const nameOf = (contender: string): string => uiContenders[contender]?.name ?? contender
  const middle = (contender: string, size: number, field: keyof HappyDomCost): number =>
    median((costs[contender] ?? []).flatMap((round) => round?.[size]?.[field] ?? []))
  const perToken = (contender: string, size: number): number =>
    (middle(contender, size, 'cpu') * 1000) / (sizes[size] ?? NaN)
  const last = sizes.length - 1
  const figure = (value: number, digits: number): string =>
    Number.isNaN(value) ? '-' : value.toLocaleString('en', { maximumFractionDigits: digits })

  const rows = Object.keys(costs).map((contender) => {
    const points = sizes
      .map((size, position) => [size, middle(contender, position, 'cpu')] as const)
      .filter(([, cpu]) => !Number.isNaN(cpu))
    return [
      nameOf(contender),
      ...sizes.map((_, position) => figure(perToken(contender, position), 1)),
      points.length > 1 ? growthExponent(points).toFixed(2) : '-',
      figure(middle(contender, points.length - 1, 'commits'), 0),
    ]
  })
  const head = [
    'CPU µs a token',
    ...sizes.map((size) => `${size / 1000}k`),
    'exponent',
    'commits at the largest',
  ]
  const verdicts = (['react', 'vue'] as const)
    .filter((framework) => costs[framework] !== undefined)
    .map((framework): Verdict => {
      const ratios = (costs[framework] ?? []).flatMap((round, position) => {
        const base = costs[`plain-${framework}`]?.[position]?.[last]
        return round?.[last] && base ? [round[last].cpu / base.cpu] : []
      })
      const label = framework === 'react' ? 'React' : 'Vue'
      return {
        what: `${label}: CPU at 64k tokens, against the baseline`,
        must: 1.3,
        aim: 1.1,
        measured: median(ratios),
      }
    })
  const bars = Object.keys(costs)
    .map((contender) => ({
      label: nameOf(contender).replaceAll(/[*`]/g, ''),
      value: perToken(contender, Math.min(last, (costs[contender]?.[0]?.length ?? 1) - 1)),
      isOurs: nameOf(contender).includes('chatstream'),
    }))
    .sort((left, right) => left.value - right.value)
  return {
    title: 'State of a growing answer, without layout',
    verdicts,
    markdown: [
      markdownTable(head, rows),
      ...Object.entries(failures).map(([contender, why]) => `${nameOf(contender)} failed: ${why}`),
    ].join('\n\n'),
    charts: {
      'happy-dom.svg': barChart({ title: 'CPU a token, in microseconds, longest answer', unit: 'µs', bars }),
    },
    data: { costs, failures },
  }
}

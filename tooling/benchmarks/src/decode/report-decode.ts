import { barChart } from '../report/bar-chart.js'
import { markdownTable } from '../report/markdown-table.js'
import type { SectionReport, Verdict } from '../report/section-report.js'
import { growthExponent, median, ratioWithRange } from '../statistics.js'
import { decodeCases, growthSizes } from './decode-cases.js'
import { decodeContenders, PARSE_ALONE } from './decode-contenders.js'
import type { DecodeCost } from './run-for.js'

export interface DecodeResults {
  /** By case, contender and round: what each body took. */
  readonly costs: Record<string, Record<string, DecodeCost[][]>>
  /** Why a contender did not take part, by its name. */
  readonly failures: Record<string, string>
}

export function reportDecode(results: DecodeResults): SectionReport {
  const { costs, failures } = results
  const nameOf = (contender: string): string =>
    contender === PARSE_ALONE ? '`JSON.parse` alone' : (decodeContenders[contender]?.name ?? contender)

  /** CPU against another contender's, round by round. */
  const ratios = (name: string, contender: string, base = 'f1'): number[] => {
    const ours = costs[name]?.[contender] ?? []
    const theirs = costs[name]?.[base] ?? []
    return ours.flatMap((round, position) => {
      const [cost, against] = [round?.[0], theirs[position]?.[0]]
      return cost && against ? [cost.cpu / against.cpu] : []
    })
  }
  const costOf = (name: string, contender: string, body = 0): DecodeCost => {
    const all = (costs[name]?.[contender] ?? []).flatMap((round) => round?.[body] ?? [])
    return { cpu: median(all.map(({ cpu }) => cpu)), wall: median(all.map(({ wall }) => wall)) }
  }
  const ratio = (name: string, contender = 'message', base = 'f1'): number =>
    median(ratios(name, contender, base))

  const tables = Object.keys(costs)
    .filter((name) => name !== 'growth')
    .map((name) => {
      const contenders = Object.keys(costs[name] ?? {}).sort(
        (left, right) => costOf(name, left).cpu - costOf(name, right).cpu,
      )
      const rows = contenders.map((contender) => {
        const { cpu, wall } = costOf(name, contender)
        return [
          nameOf(contender),
          Math.round(1e9 / wall).toLocaleString('en'),
          Math.round(wall).toLocaleString('en'),
          Math.round(cpu).toLocaleString('en'),
          ratioWithRange(ratios(name, contender)),
        ]
      })
      const head = ['', 'events a second', 'ns an event', 'CPU ns an event', 'x f1, CPU']
      return `### ${decodeCases[name]?.name ?? name}\n\n${markdownTable(head, rows)}`
    })

  if (costs['growth'] !== undefined) {
    const rows = Object.keys(costs['growth']).map((contender) => {
      const points = growthSizes.map(
        (size, position) => [size, costOf('growth', contender, position).cpu] as const,
      )
      return [
        nameOf(contender),
        ...points.map(([, cpu]) => Math.round(cpu).toLocaleString('en')),
        growthExponent(points.map(([size, cpu]) => [size, size * cpu])).toFixed(2),
      ]
    })
    const head = ['CPU ns an event', ...growthSizes.map((size) => `${size / 1000}k tokens`), 'exponent']
    tables.push(`### Growth\n\n${markdownTable(head, rows)}`)
  }

  const failed = Object.entries(failures).map(([contender, why]) => `\n${nameOf(contender)} failed: ${why}`)
  const verdict = (what: string, name: string, must: number, aim?: number): Verdict[] =>
    costs[name]?.['message'] === undefined
      ? []
      : [{ what, must, ...(aim !== undefined && { aim }), measured: ratio(name) }]
  const verdicts = [
    ...verdict('Bytes to message, 16 KiB a chunk, CPU against f1', '16k', 1.25, 1),
    ...verdict('The same, one event a chunk', 'event', 1.25, 1),
    ...verdict('The same, 7 bytes a chunk', '7b', 1, 0.7),
    ...verdict('The same, 16 KiB a chunk, envelopes vary', '16k-varying', 1.25),
    ...verdict('The same, one event a chunk, envelopes vary', 'event-varying', 1.25),
    ...['16k', 'event'].flatMap((name): Verdict[] =>
      costs[name]?.['message'] === undefined || costs[name]?.['openai'] === undefined
        ? []
        : [
            {
              what: `CPU of the openai SDK against ours, ${decodeCases[name]?.name}`,
              must: 3,
              aim: 4,
              atLeast: true,
              measured: ratio(name, 'openai', 'message'),
            },
          ],
    ),
  ]
  const bars = (name: string): string =>
    barChart({
      title: `CPU an event, in microseconds: ${decodeCases[name]?.name}`,
      unit: 'µs',
      bars: Object.keys(costs[name] ?? {})
        .map((contender) => ({
          label: nameOf(contender).replaceAll(/[*`]/g, ''),
          value: costOf(name, contender).cpu / 1000,
          isOurs: nameOf(contender).includes('chatstream'),
        }))
        .sort((left, right) => left.value - right.value),
    })
  return {
    title: 'Decode',
    verdicts,
    markdown: [...tables, ...failed].join('\n\n'),
    charts: Object.fromEntries(['16k', 'event'].map((name) => [`decode-${name}.svg`, bars(name)])),
    data: results,
  }
}

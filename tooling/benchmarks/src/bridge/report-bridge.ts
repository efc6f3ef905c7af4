import { barChart } from '../report/bar-chart.js'
import { markdownTable } from '../report/markdown-table.js'
import type { SectionReport, Verdict } from '../report/section-report.js'
import { median, ratioWithRange } from '../statistics.js'
import { bridgeContenders } from './bridge-contenders.js'
import type { ServerUse } from './server-worker.js'
import type { SlowReading } from './slow-reader-worker.js'

/** As fast as the provider can, or twenty events a second. */
export type Load = 'flood' | 'paced'

export const loads: Readonly<Record<Load, { readonly events: number; readonly streams: number }>> = {
  flood: { events: 400, streams: 500 },
  paced: { events: 100, streams: 500 },
}

interface Use extends Pick<ServerUse, 'cpu'> {
  readonly contender: string
  readonly load: Load
  /** Those of the same turn were measured one after the other. */
  readonly turn: number
  readonly wall: number
}

interface MemoryUse extends Pick<ServerUse, 'rss'> {
  readonly contender: string
  readonly load: Load
}

export interface BridgeResults {
  /** How many turns there were. */
  turns: number
  readonly uses: Use[]
  readonly memory: MemoryUse[]
  /** With what the provider could write meanwhile, in bytes. */
  readonly slow: Record<string, SlowReading & { readonly sent: number }>
  readonly failures: Record<string, string>
}

/** Against which all are measured. */
export const BASE = 'decoded'
/** What does the same work as ours, by hand. */
export const floors: Readonly<Record<string, string>> = { text: BASE, sse: 'encoded', relay: 'passed' }

export function reportBridge(results: BridgeResults): SectionReport {
  const { uses, memory, slow, failures } = results
  const nameOf = (contender: string): string => bridgeContenders[contender]?.name ?? contender
  const find = (load: Load, contender: string): Use[] =>
    uses.filter((use) => use.load === load && use.contender === contender)
  const ratios = (load: Load, contender: string, base = BASE): number[] =>
    find(load, contender).flatMap(({ cpu, turn }) => {
      const floor = find(load, base).find((use) => use.turn === turn)
      return floor ? [cpu / floor.cpu] : []
    })
  const present = (load: Load): string[] => [
    ...new Set(uses.filter((use) => use.load === load).map(({ contender }) => contender)),
  ]
  const perEvent = (load: Load, contender: string): number =>
    (median(find(load, contender).map(({ cpu }) => cpu)) * 1000) / (loads[load].events * loads[load].streams)
  const kilobytesPerStream = (load: Load, contender: string): number => {
    const grown = memory.filter((use) => use.load === load && use.contender === contender)
    return median(grown.map(({ rss }) => rss)) / loads[load].streams / 1000
  }

  const tables = (['flood', 'paced'] as const).flatMap((load) => {
    const { events, streams } = loads[load]
    const rows = present(load).map((contender) => [
      nameOf(contender),
      perEvent(load, contender).toFixed(1),
      ratioWithRange(ratios(load, contender)),
      ratioWithRange(ratios(load, contender, 'raw')),
      kilobytesPerStream(load, contender).toFixed(0),
      (median(find(load, contender).map(({ wall }) => wall)) / 1000).toFixed(1),
    ])
    const pace = load === 'flood' ? 'at once' : 'at 20 a second'
    const head = ['', 'CPU µs an event', 'x decoded floor', 'x bytes floor', 'RSS kB a stream', 'took, s']
    return rows.length === 0
      ? []
      : [`### ${streams} streams, ${events} events each, ${pace}\n\n${markdownTable(head, rows)}`]
  })
  const mega = (bytes: number): string => (bytes / 1e6).toFixed(1)
  const slowRows = Object.entries(slow).map(([contender, { rss, buffered, highWaterMark, taken, sent }]) => [
    nameOf(contender),
    mega(rss),
    mega(buffered),
    (buffered / highWaterMark).toFixed(2),
    mega(taken),
    mega(sent),
  ])
  const slowHead = [
    '',
    'RSS growth, MB',
    'buffered, MB',
    'x `highWaterMark`',
    'taken, MB',
    'provider wrote, MB',
  ]
  if (slowRows.length > 0) {
    tables.push(`### 200 MB for a reader of 1 MB a second\n\n${markdownTable(slowHead, slowRows)}`)
  }

  const verdicts: Verdict[] = Object.entries(floors).flatMap(([contender, floor]): Verdict[] => {
    const name = nameOf(contender).replace('**chatstream** ', '')
    if (find('flood', contender).length === 0) return []
    const aim = median(ratios('flood', 'raw', floor))
    return [
      {
        what: `${name}: 500 streams at once, CPU against ${nameOf(floor)}`,
        must: 1.25,
        aim,
        measured: median(ratios('flood', contender, floor)),
      },
      {
        what: `${name}: memory a stream`,
        must: 200,
        unit: 'kB',
        measured: kilobytesPerStream('flood', contender),
      },
    ]
  })
  for (const contender of ['text', 'operators', 'sse']) {
    const reading = slow[contender]
    if (reading === undefined) continue
    const name = nameOf(contender).replace('**chatstream** ', '')
    verdicts.push(
      { what: `${name}: slow reader, memory`, must: 64, aim: 30, unit: 'MB', measured: reading.rss / 1e6 },
      {
        what: `${name}: slow reader, buffered, against \`highWaterMark\``,
        must: 2,
        measured: reading.buffered / reading.highWaterMark,
      },
    )
  }
  const bars = present('flood')
    .map((contender) => ({
      label: nameOf(contender).replaceAll(/[*`]/g, ''),
      value: perEvent('flood', contender),
      isOurs: nameOf(contender).includes('chatstream'),
    }))
    .sort((left, right) => left.value - right.value)
  return {
    title: 'On a server',
    verdicts,
    markdown: [
      ...tables,
      ...Object.entries(failures).map(([contender, why]) => `${nameOf(contender)} failed: ${why}`),
    ].join('\n\n'),
    charts: {
      'bridge.svg': barChart({
        title: 'CPU an event, 500 streams at once, in microseconds',
        unit: 'µs',
        bars,
      }),
    },
    data: results,
  }
}

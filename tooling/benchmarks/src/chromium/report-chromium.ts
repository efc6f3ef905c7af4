import { barChart } from '../report/bar-chart.js'
import { markdownTable } from '../report/markdown-table.js'
import type { SectionReport } from '../report/section-report.js'
import { median } from '../statistics.js'
import type { TextKind } from '../text/make-tokens.js'
import { uiContenders } from '../ui/ui-contenders.js'
import { judgeChromium } from './judge-chromium.js'
import type { MeasuredScene, PlannedScene } from './scenes.js'

export interface ChromiumResults {
  readonly measured: readonly MeasuredScene[]
  readonly failures: readonly string[]
  /** Of the browser. */
  readonly version: string
}

const textNames: Readonly<Record<TextKind, string>> = {
  lines: 'English with newlines',
  paragraph: 'one endless English paragraph',
  japanese: 'one endless Japanese paragraph',
}

const groups: Readonly<Record<PlannedScene['group'], string>> = {
  paced: 'Paced at 2,000 tokens a second',
  long: '64k tokens, paced',
  slow: '8k tokens, paced, on a processor 4 times slower',
  hidden: 'In a tab that is hidden for a while',
  copy: 'Copied in the middle, and at the end',
  follow: '8k tokens, paced, without and with scrolling along',
  history: '4k tokens, paced, after 0 and after 200 earlier messages',
  peers: '4k tokens, paced, beside other libraries',
  flood: '32k tokens at once, beside other libraries',
}

export function reportChromium(results: ChromiumResults): SectionReport {
  const tables = Object.entries(groups).flatMap(([group, title]) => {
    const scenes = results.measured.filter(({ scene }) => scene.group === group)
    return scenes.length === 0 ? [] : [`### ${title}\n\n${table(scenes)}`]
  })
  const failed = results.failures.map((failure) => `Failed: ${failure}`)
  return {
    title: 'In Chromium',
    verdicts: judgeChromium(results.measured),
    markdown: [
      `Chromium ${results.version}, headless. Milliseconds of the main thread: \`cpu\` on the processor, \`task\` by the clock.`,
      ...tables,
      ...failed,
    ].join('\n\n'),
    charts: charts(results.measured),
    // When each commit was is of no more use.
    data: {
      ...results,
      measured: results.measured.map(({ page, ...rest }) => ({
        ...rest,
        page: { ...page, commits: page.commits.length },
      })),
    },
  }
}

const nameOf = (contender: string): string => uiContenders[contender]?.name ?? contender

function table(scenes: readonly MeasuredScene[]): string {
  const byRow = Map.groupBy(scenes, ({ scene }) =>
    [
      nameOf(scene.contender),
      textNames[scene.kind],
      `${scene.tokens / 1000}k`,
      scene.history ? `${scene.history} earlier` : '',
      scene.isFollowing ? 'scrolls along' : '',
    ]
      .filter((word) => word !== '')
      .join(', '),
  )
  const rows = [...byRow].map(([name, same]) => {
    const middle = (value: (scene: MeasuredScene) => number): string =>
      Math.round(median(same.map(value))).toLocaleString('en')
    return [
      name,
      middle(({ cpu }) => cpu),
      middle(({ task }) => task),
      middle(({ layout }) => layout),
      middle(({ page }) => page.commits.length),
      middle(({ page }) => page.frames),
      middle(({ page }) => page.droppedFrames),
      middle(({ page }) => Math.max(0, ...page.longTasks)),
      middle(({ page }) => page.wallMs),
    ]
  })
  return markdownTable(
    ['', 'cpu', 'task', 'layout', 'commits', 'frames', 'dropped', 'longest task above 50 ms', 'took, ms'],
    rows,
  )
}

function charts(measured: readonly MeasuredScene[]): Record<string, string> {
  const chartOf = (group: PlannedScene['group'], kind: TextKind, title: string): [string, string][] => {
    const scenes = measured.filter(({ scene }) => scene.group === group && scene.kind === kind)
    if (scenes.length === 0) return []
    const bars = [...Map.groupBy(scenes, ({ scene }) => scene.contender)].map(([contender, same]) => ({
      label: nameOf(contender).replaceAll(/[*`]/g, ''),
      value: median(same.map(({ cpu }) => cpu)),
      isOurs: nameOf(contender).includes('chatstream'),
    }))
    const svg = barChart({ title, unit: 'ms', bars: bars.sort((left, right) => left.value - right.value) })
    return [[`chromium-${group}-${kind}.svg`, svg]]
  }
  return Object.fromEntries([
    ...(['lines', 'paragraph', 'japanese'] as const).flatMap((kind) =>
      chartOf('paced', kind, `Main thread, CPU, 16k tokens, paced: ${textNames[kind]}`),
    ),
    ...chartOf('peers', 'lines', 'Main thread, CPU, 4k tokens, paced'),
    ...chartOf('flood', 'lines', 'Main thread, CPU, 32k tokens at once'),
  ])
}

import type { Verdict } from '../report/section-report.js'
import { median } from '../statistics.js'
import { frameworks, kinds, type MeasuredScene } from './scenes.js'

type Group = MeasuredScene['scene']['group']

const frameworkNames: Readonly<Record<string, string>> = { react: 'React', vue: 'Vue' }

/** What must hold in a browser, for each framework that took part. */
export function judgeChromium(measured: readonly MeasuredScene[]): Verdict[] {
  const find = (group: Group, contender: string, more: Partial<MeasuredScene['scene']> = {}) =>
    measured.filter(
      ({ scene }) =>
        scene.group === group &&
        scene.contender === contender &&
        Object.entries(more).every(([name, value]) => scene[name as keyof typeof scene] === value),
    )
  const middle = (scenes: readonly MeasuredScene[], value: (scene: MeasuredScene) => number): number =>
    median(scenes.map(value))
  const cpu = (scenes: readonly MeasuredScene[]): number => middle(scenes, (scene) => scene.cpu)
  /** From one count of tokens to another, both in the same run; less what the floor takes, if there is one. */
  const growth = (scenes: readonly MeasuredScene[], from: number, floors: readonly MeasuredScene[] = []) => {
    const at = (all: readonly MeasuredScene[]): number => middle(all, ({ until }) => until[from]?.cpu ?? NaN)
    const to = scenes.map(({ scene, until }) => (until[from * 4] ? from * 4 : scene.tokens))[0] ?? NaN
    const end = (all: readonly MeasuredScene[]): number =>
      middle(all, ({ until, cpu }) => until[from * 4]?.cpu ?? cpu)
    const less = (value: (all: readonly MeasuredScene[]) => number): number =>
      value(scenes) - (floors.length === 0 ? 0 : value(floors))
    return Math.log(less(end) / less(at)) / Math.log(to / from)
  }
  const worst = (values: readonly number[]): number => (values.length === 0 ? NaN : Math.max(...values))

  return frameworks.flatMap((framework): Verdict[] => {
    const label = frameworkNames[framework]
    const verdicts: Verdict[] = []
    const add = (what: string, verdict: Omit<Verdict, 'what'>): void => {
      verdicts.push({ what: `${label}: ${what}`, ...verdict })
    }
    const ofKinds = kinds.filter((kind) => find('paced', framework, { kind }).length > 0)
    for (const kind of ofKinds) {
      const ours = cpu(find('paced', framework, { kind }))
      const plain = cpu(find('paced', `plain-${framework}`, { kind }))
      const floor = cpu(find('paced', 'none', { kind }))
      add(`paced, CPU against the baseline, ${kind}`, { must: 0.45, measured: ours / plain })
      add(`the same, net of the floor, ${kind}`, { aim: 0.25, measured: (ours - floor) / (plain - floor) })
    }
    if (ofKinds.length > 0) {
      const paced = ofKinds.map((kind) => find('paced', framework, { kind }))
      const tokens = paced[0]?.[0]?.scene.tokens ?? NaN
      add('paced, long tasks', {
        must: 0,
        unit: '',
        measured: worst(paced.map((scenes) => middle(scenes, ({ page }) => page.longTasks.length))),
      })
      add('paced, dropped frames', {
        must: 4,
        unit: '',
        measured: worst(paced.map((scenes) => middle(scenes, ({ page }) => page.droppedFrames))),
      })
      add('paced, commits beyond the frames', {
        must: 3,
        unit: '',
        measured: worst(paced.flat().map(({ page }) => page.commits.length - page.frames)),
      })
      const from = tokens / 4
      add(`growth, ${from / 1000}k to ${tokens / 1000}k`, {
        must: 1.1,
        aim: 1.05,
        unit: '',
        measured: worst(paced.map((scenes) => growth(scenes, from))),
      })
      add('the same, net of the floor', {
        must: 1.1,
        aim: 1.05,
        unit: '',
        measured: worst(
          ofKinds.map((kind) =>
            growth(find('paced', framework, { kind }), from, find('paced', 'none', { kind })),
          ),
        ),
      })
    }
    const longKinds = kinds.filter((kind) => find('long', framework, { kind }).length > 0)
    if (longKinds.length > 0) {
      const grown = (kind: (typeof kinds)[number], floors: readonly MeasuredScene[]): number =>
        growth(find('long', framework, { kind }), 16_000, floors)
      add('growth, 16k to 64k', {
        must: 1.1,
        aim: 1.05,
        unit: '',
        measured: worst(longKinds.map((kind) => grown(kind, []))),
      })
      add('the same, net of the floor', {
        must: 1.1,
        aim: 1.05,
        unit: '',
        measured: worst(longKinds.map((kind) => grown(kind, find('long', 'none', { kind })))),
      })
    }
    const slow = kinds.map((kind) => find('slow', framework, { kind })).filter(({ length }) => length > 0)
    if (slow.length > 0) {
      add('processor 4 times slower, dropped frames', {
        must: 4,
        aim: 0,
        unit: '',
        measured: worst(slow.map((scenes) => middle(scenes, ({ page }) => page.droppedFrames))),
      })
    }
    const hidden = find('hidden', framework).flatMap((scene) => scene.hidden ?? [])
    if (hidden.length > 0) {
      add('hidden tab, publishes a second', {
        must: 0.9,
        atLeast: true,
        unit: '',
        measured: median(hidden.map(({ commitsPerSecond }) => commitsPerSecond)),
      })
      add('hidden tab, until all is shown on return', {
        must: 150,
        unit: 'ms',
        measured: median(hidden.map(({ msToShow }) => msToShow)),
      })
    }
    const all = measured.filter(({ scene }) => scene.contender === framework)
    if (all.length > 0) {
      add('answers whose copy is not the source', {
        must: 0,
        unit: '',
        measured: all.filter(({ badCopies }) => badCopies.length > 0).length,
      })
    }
    const follow = [true, false].map((isFollowing) => find('follow', framework, { isFollowing }))
    if (follow[0]?.length) {
      add('scrolling along', { must: 1.1, aim: 1.02, measured: cpu(follow[0]) / cpu(follow[1] ?? []) })
    }
    const history = [200, 0].map((history) => find('history', framework, { history }))
    if (history[0]?.length) {
      add('200 earlier messages', { must: 1.1, aim: 1.06, measured: cpu(history[0]) / cpu(history[1] ?? []) })
    }
    return verdicts
  })
}

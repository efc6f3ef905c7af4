import type { TextKind } from '../text/make-tokens.js'
import { uiContenders } from '../ui/ui-contenders.js'
import type { Measured, Scene } from './measure-page.js'

export interface PlannedScene extends Scene {
  /** What is asked with it. */
  readonly group: 'paced' | 'long' | 'slow' | 'hidden' | 'copy' | 'follow' | 'history' | 'peers' | 'flood'
  readonly rounds: number
}

export interface MeasuredScene extends Measured {
  readonly scene: PlannedScene
  readonly round: number
}

export const kinds: readonly TextKind[] = ['lines', 'paragraph', 'japanese']
/** Ours, by framework, and what is to be beaten. */
export const frameworks = ['react', 'vue']

const PACE = 2_000

/** Everything that is measured in Chromium. */
export function planScenes(isQuick: boolean): PlannedScene[] {
  const floors = ['none', ...frameworks.map((framework) => `plain-${framework}`)]
  const tokens = 16_000
  const chosen = isQuick ? frameworks.slice(0, 1) : frameworks
  const each = <T>(items: readonly T[], plan: (item: T) => PlannedScene[]): PlannedScene[] =>
    items.flatMap(plan)
  const scene = (
    group: PlannedScene['group'],
    contender: string,
    kind: TextKind,
    tokens: number,
    more: Partial<PlannedScene> = {},
  ): PlannedScene => ({ group, contender, kind, tokens, perSecond: PACE, rounds: 1, ...more })

  const paced = each(kinds, (kind) =>
    each([...floors, ...frameworks], (contender) => [
      scene('paced', contender, kind, tokens, { rounds: isQuick ? 1 : 4, marks: [tokens / 4] }),
    ]),
  ).filter(({ contender }) => !isQuick || contender === 'none' || contender.endsWith(chosen[0] ?? ''))
  const slow = each(isQuick ? (['paragraph'] as const) : (['paragraph', 'japanese'] as const), (kind) =>
    each(['none', ...chosen, 'plain-react'], (contender) => [
      scene('slow', contender, kind, 8_000, { slowdown: 4, rounds: isQuick ? 1 : 5 }),
    ]),
  )
  const history = each(chosen, (contender) =>
    each([0, 200], (history) => [
      scene('history', contender, 'lines', 4_000, { history, rounds: isQuick ? 2 : 8 }),
    ]),
  )
  const follow = each(chosen, (contender) =>
    each([false, true], (isFollowing) => [
      scene('follow', contender, 'paragraph', 8_000, { isFollowing, rounds: isQuick ? 1 : 3 }),
    ]),
  )
  const hidden = each(chosen, (contender) => [
    scene('hidden', contender, 'lines', 16_000, { hiddenMs: 5_000 }),
  ])
  const copy = each(kinds, (kind) =>
    each(chosen, (contender) => [scene('copy', contender, kind, 4_000, { copiesMidway: true })]),
  )
  if (isQuick) return [...paced, ...slow, ...history, ...copy]

  const long = [
    ...each(kinds, (kind) => [scene('long', 'none', kind, 64_000), scene('long', 'react', kind, 64_000)]),
    scene('long', 'vue', 'paragraph', 64_000),
  ].map((planned) => ({ ...planned, rounds: 2, marks: [4_000, 16_000] }))
  const all = Object.keys(uiContenders)
  const peers = each(all, (contender) => [scene('peers', contender, 'lines', 4_000)])
  // At some two hundred tokens a second this one would take three minutes.
  const flood = each(
    all.filter((contender) => contender !== 'tanstack-react'),
    (contender) => [scene('flood', contender, 'lines', 32_000, { perSecond: Number.POSITIVE_INFINITY })],
  )
  return [...paced, ...long, ...slow, ...hidden, ...copy, ...follow, ...history, ...peers, ...flood]
}

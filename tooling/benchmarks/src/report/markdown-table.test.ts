import { describe, expect, it } from 'vitest'
import { verdictTable } from './markdown-table.js'
import type { Verdict } from './section-report.js'

const judged = (verdict: Omit<Verdict, 'what'>): string | undefined =>
  verdictTable([{ what: 'it', ...verdict }])
    .split('\n')
    .at(-1)

describe('verdictTable', () => {
  it.each<[string, Omit<Verdict, 'what'>]>([
    ['| it | 1.20x | ≤ 1.25x | ≤ 1.00x | holds |', { must: 1.25, aim: 1, measured: 1.2 }],
    ['| it | 1.00x | ≤ 1.25x | ≤ 1.00x | holds, and reaches the aim |', { must: 1.25, aim: 1, measured: 1 }],
    ['| it | 1.50x | ≤ 1.25x |  | **misses** by 1.20x |', { must: 1.25, measured: 1.5 }],
    ['| it | 2.00x | ≥ 3.00x |  | **misses** by 1.50x |', { must: 3, atLeast: true, measured: 2 }],
    ['| it | 7 | ≤ 0 |  | **misses** by 7 |', { must: 0, unit: '', measured: 7 }],
    ['| it | 0.50x |  | ≤ 0.25x | misses the aim by 2.00x |', { aim: 0.25, measured: 0.5 }],
    ['| it | 15.6 kB | ≤ 14 kB |  | **misses** by 1.12x |', { must: 14, unit: 'kB', measured: 15.64 }],
    ['| it | - | ≤ 1.25x |  | not measured |', { must: 1.25, measured: NaN }],
  ])('writes %s', (line, verdict) => {
    expect(judged(verdict)).toBe(line)
  })
})

import { emptyMessage } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import type { Racer } from './compare-models.js'
import { verdict } from './verdict.js'

const racer = (model: string, firstMs: number, endMs: number, cost: string): Racer => ({
  model,
  firstMs,
  endMs,
  message: { ...emptyMessage(model), state: 'complete', cost: { cost } },
})

describe('verdict', () => {
  it('says who was first, who was done, and who was cheaper, exactly', () => {
    expect(verdict([racer('a', 500, 9000, '0.3'), racer('b', 800, 4000, '0.1')])).toEqual([
      'a said the first word 0.3 s earlier.',
      'b was done 5.0 s earlier.',
      'b cost $0.2 less.',
    ])
  })

  it('calls no one first who was not by as much as one sees', () => {
    expect(verdict([racer('a', 500, 9000, '0.1'), racer('b', 510, 9030, '0.1')])).toEqual([])
  })

  it('says nothing while one of them goes on', () => {
    const slow: Racer = { model: 'b', message: emptyMessage('b') }
    expect(verdict([racer('a', 1, 2, '0.1'), slow])).toEqual([])
  })
})

import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import type { ChatEvent } from '../event/chat-event.js'
import { reasoning, text } from './text.js'

const raw = {}
const events$ = from<ChatEvent[]>([
  { type: 'attempt-start', attempt: 1, endpoint: 'e' },
  { type: 'reasoning-delta', index: 0, text: 'hm', raw },
  { type: 'text-delta', index: 0, text: 'a', raw },
  { type: 'text-delta', index: 1, text: 'b', raw },
  { type: 'reasoning-delta', index: 1, text: 'so', raw },
  { type: 'refusal-delta', index: 0, text: 'no', raw },
  { type: 'text-delta', index: 0, text: ' ', raw },
  { type: 'answer-end' },
])

describe('text and reasoning', () => {
  it('give only their pieces, of the first choice', () => {
    expect(collect(events$.pipe(text()))).toEqual({ values: ['a', ' '], error: undefined, end: 'complete' })
    expect(collect(events$.pipe(reasoning())).values).toEqual(['hm'])
  })

  it('give the pieces of another choice if they are asked to', () => {
    expect(collect(events$.pipe(text(1))).values).toEqual(['b'])
    expect(collect(events$.pipe(reasoning(1))).values).toEqual(['so'])
  })
})

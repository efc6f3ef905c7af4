import { describe, expect, it } from 'vitest'
import { createGate } from './gate.js'
import type { LifecycleHarness } from './harness.js'
import { openScene } from './open-scene.js'
import { phases, waits } from './phases.js'
import { textOf } from './text-of.js'

export function describeStarting(harness: LifecycleHarness): void {
  describe('an answer', () => {
    it('comes by one request, through the four states of a good one, and its cost after it', async () => {
      const { send, states, stateWhere, requestsWhere } = await openScene(harness)
      // All at once, and a framework may show no more than the end.
      send('Hello', 'stall after=3 ms=200')
      const { messages } = await stateWhere((state) => state.messages.at(1)?.cost !== undefined)
      expect(messages.map(({ role, state }) => [role, state])).toEqual([
        ['user', 'complete'],
        ['assistant', 'complete'],
      ])
      const statuses = states.map(({ status }) => status)
      expect(statuses.filter((status, at) => status !== statuses[at - 1])).toEqual([
        'submitted',
        'streaming',
        'ready',
      ])
      const whole = states.find(({ status }) => status === 'ready')
      expect(textOf(whole?.messages[1])).toBe(textOf(messages[1]))
      const requests = await requestsWhere(([request]) => request?.closedBy === 'server')
      expect(requests.length).toBe(1)
    })

    it('grows, and never shrinks', async () => {
      const { send, states, stateWhere } = await openScene(harness)
      send('[[tokens 500]] Go on')
      await stateWhere(({ status, messages }) => status === 'ready' && messages.length === 2)
      const texts = states.map(({ messages }) => textOf(messages[1]))
      for (const [at, text] of texts.entries()) expect(text.startsWith(texts[at - 1] ?? '')).toBe(true)
    })

    it.each([...phases, ...waits])('is shown as far as it has come $name', async (phase) => {
      const gate = createGate()
      const scene = await openScene(harness, () => phase.options?.(gate) ?? {})
      scene.send('Hello', phase.faults)
      await phase.reach(scene, gate, () => {})
      const { messages, status, error } = scene.chat.getState()
      expect(error).toBeUndefined()
      expect(status).toBe({ nothing: 'submitted', part: 'streaming', whole: 'ready' }[phase.content])
      expect(messages.map(({ role, state }) => [role, state])).toEqual([
        ['user', 'complete'],
        ...{
          nothing: [],
          part: [['assistant', 'streaming']],
          whole: [['assistant', 'complete']],
        }[phase.content],
      ])
      expect(scene.states[0]).toMatchObject({ status: 'submitted', messages: [{ role: 'user' }] })
      const requests = await scene.requests()
      expect(requests.length).toBe(phase.sent)
      if (phase.isOpen) expect(requests[0]?.closedBy).toBeUndefined()
    })
  })
}

import { describe, expect, it } from 'vitest'
import { createGate } from './gate.js'
import type { LifecycleAction, LifecycleHarness, ShownState } from './harness.js'
import { openScene } from './open-scene.js'
import { phases, waits } from './phases.js'
import { textOf } from './text-of.js'

const ways: readonly LifecycleAction[] = ['regenerate', 'edit']

/** Another answer takes the place of the first one. */
export function describeTakingTheirPlace(harness: LifecycleHarness): void {
  describe.each(ways.filter((way) => harness.actions.includes(way)))('%s', (way) => {
    it.each([...phases, ...waits])(
      'puts another answer in the place of the first one $name',
      async (phase) => {
        const gate = createGate()
        const scene = await openScene(harness, () => phase.options?.(gate) ?? {})
        const { chat, states } = scene
        scene.send('Hello', phase.faults)
        let before: ShownState = chat.getState()
        let since = 0
        await phase.reach(scene, gate, () => {
          before = chat.getState()
          since = states.length
          if (way === 'regenerate') void chat.regenerate?.()
          else void chat.sendMessage({ text: 'Good day', messageId: before.messages[0]?.id ?? '' })
        })
        const old = before.messages[1]?.id
        const isAnswered = ({ status, messages }: ShownState): boolean =>
          status === 'ready' && messages.length === 2 && messages[1]?.id !== old
        await scene.stateWhere(isAnswered)
        gate.open()
        if (phase.isOpen) await scene.requestsWhere(([request]) => request?.closedBy === 'client')
        await scene.quiet()

        const { messages, status, error } = chat.getState()
        expect({ status, error }).toEqual({ status: 'ready', error: undefined })
        expect(messages.map(({ role, state }) => [role, state])).toEqual([
          ['user', 'complete'],
          ['assistant', 'complete'],
        ])
        expect(messages[0]?.id).toBe(before.messages[0]?.id)
        expect(textOf(messages[0])).toBe(way === 'edit' ? 'Good day' : textOf(before.messages[0]))
        const text = textOf(messages[1])
        expect(text.indexOf(text.slice(0, 10), 1)).toBe(-1)

        const requests = await scene.requests()
        expect(requests.length).toBe(phase.sent + 1)
        expect(requests.at(-1)?.messages).toEqual([{ role: 'user', content: textOf(messages[0]) }])

        // Once the other answer is on its way, nothing of the first one is seen.
        const later = states.slice(since)
        const started = later.findIndex(({ messages }) => messages[1] !== undefined && messages[1].id !== old)
        for (const { messages } of later.slice(started)) {
          expect(messages.filter(({ role }) => role === 'assistant').map(({ id }) => id)).not.toContain(
            old ?? '',
          )
        }
      },
    )
  })

  it.runIf(harness.actions.includes('regenerate'))('asks again after a failure', async () => {
    const { chat, send, stateWhere } = await openScene(harness)
    send('Hello', 'error-frame after=3 code=500')
    await stateWhere(({ status }) => status === 'error')
    void chat.regenerate?.()
    const { messages, error } = await stateWhere(({ status }) => status === 'ready')
    expect(error).toBeUndefined()
    expect(messages.map(({ role, state }) => [role, state])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ])
  })
}

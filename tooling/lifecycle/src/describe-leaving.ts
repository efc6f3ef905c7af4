import { describe, expect, it } from 'vitest'
import { createGate } from './gate.js'
import type { LifecycleAction, LifecycleHarness, ShownState } from './harness.js'
import { openScene } from './open-scene.js'
import { phases, waits } from './phases.js'
import { textOf } from './text-of.js'

const ways: readonly LifecycleAction[] = ['stop', 'unmount', 'dispose']

export function describeLeaving(harness: LifecycleHarness): void {
  describe.each(ways.filter((way) => harness.actions.includes(way)))('%s', (way) => {
    it.each([...phases, ...waits])('closes the connection, and is the end of it, $name', async (phase) => {
      const gate = createGate()
      const scene = await openScene(harness, () => phase.options?.(gate) ?? {})
      const { chat, states } = scene
      scene.send('Hello', phase.faults)
      let before: ShownState | undefined
      await phase.reach(scene, gate, () => {
        before = chat.getState()
        void chat[way as 'stop']?.()
      })
      let shown = states.length
      gate.open()
      if (phase.isOpen) await scene.requestsWhere(([request]) => request?.closedBy === 'client')
      await scene.quiet()
      if (way === 'stop') {
        showsWhatCame(phase.content, before, chat.getState())
        shown = states.length
      }

      // Nothing comes after it, whatever else happens.
      const state = chat.getState()
      await scene.quiet()
      expect(states.length).toBe(shown)
      expect(chat.getState()).toBe(state)
      expect((await scene.requests()).length).toBe(phase.sent)
    })

    it.runIf(way === 'stop')('lets another message be sent', async () => {
      const { chat, send, stateWhere } = await openScene(harness)
      send('Hello', 'stall after=3')
      await stateWhere(({ messages }) => textOf(messages.at(1)) !== '')
      chat.stop?.()
      send('Hello again')
      const { messages } = await stateWhere(
        ({ status }) => status === 'ready' && chat.getState().messages.length > 3,
      )
      expect(messages.map(({ role, state }) => [role, state])).toEqual([
        ['user', 'complete'],
        ['assistant', 'aborted'],
        ['user', 'complete'],
        ['assistant', 'complete'],
      ])
    })
  })
}

/** What had come stays, says that it was aborted, and is no error. */
function showsWhatCame(
  content: 'nothing' | 'part' | 'whole',
  before: ShownState | undefined,
  { messages, status, error }: ShownState,
): void {
  expect({ status, error }).toEqual({ status: 'ready', error: undefined })
  const state = { part: 'aborted', whole: 'complete' }
  expect(messages.map(({ role, state }) => [role, state])).toEqual([
    ['user', 'complete'],
    ...(content === 'nothing' ? [] : [['assistant', state[content]]]),
  ])
  expect(textOf(messages[1]).startsWith(textOf(before?.messages[1]))).toBe(true)
}

import type { Message } from '@chatstream/core'
import { createFakeClient, message } from '@chatstream/fake-chat'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { type App, createApp, defineComponent, h, nextTick, shallowRef, watch } from 'vue'
import { type ChatStream, ChatText, useChatStream } from '../src/index.js'

const deltas = 32_000
/** So many come with one piece of the network. */
const atOnce = 64

/** Until the end of the test. */
const show = (app: App): HTMLElement => {
  const container = document.createElement('div')
  document.body.append(container)
  app.mount(container)
  onTestFinished(() => {
    app.unmount()
    container.remove()
  })
  return container
}

describe('in a page', () => {
  it('32,000 deltas at once are no more renders than frames, and a click is answered in the middle of them', async () => {
    const client = createFakeClient()
    const before = Array.from({ length: 100 }, (_, at) => message(`m${at}`, 'user', `Line ${at}`))
    const rendered = new Map<string, number>()
    let chat = {} as ChatStream
    let publishes = 0
    const clicks = shallowRef(0)
    const Row = defineComponent(
      (props: { message: Message }) => () => {
        const { id, parts, state } = props.message
        rendered.set(id, (rendered.get(id) ?? 0) + 1)
        const text = parts.map((part) => ('text' in part ? part.text : '')).join('')
        return h(ChatText, { 'data-row': id, text, isStreaming: state === 'streaming' })
      },
      { props: ['message'] },
    )
    const Button = defineComponent(
      () => () => h('button', { onClick: () => clicks.value++ }, `${clicks.value}`),
    )
    const app = createApp(
      defineComponent(() => {
        chat = useChatStream({ client, model: 'm', initialMessages: before })
        watch(chat.messages, () => publishes++, { flush: 'sync' })
        return () => [h(Button), chat.messages.value.map((message) => h(Row, { key: message.id, message }))]
      }),
    )
    const container = show(app)
    void chat.sendMessage('Hello')
    await vi.waitFor(() => expect(client.requests.length).toBe(1))

    let frames = 0
    const count = (): void => {
      frames++
      frame = requestAnimationFrame(count)
    }
    let frame = requestAnimationFrame(count)
    publishes = 0
    rendered.clear()
    let written = 0
    let atClick: string | undefined
    container.querySelector('button')?.addEventListener('click', () => {
      atClick = chat.status.value
    })
    const isAnswered = (): boolean => container.querySelector('button')?.textContent === '1'
    // Each piece in a task of its own, as from a socket; on and on until the click is answered.
    const { port1, port2 } = new MessageChannel()
    const flooded = new Promise<void>((resolve) => {
      port1.onmessage = () => {
        if (written >= deltas && (isAnswered() || written > 100 * deltas)) return resolve()
        for (let at = 0; at < atOnce; at++, written++)
          client.last().write(written % 80 === 0 ? 'end.\n\n' : 'word ')
        port2.postMessage(undefined)
      }
      port2.postMessage(undefined)
    })
    await userEvent.click(container.querySelector('button') as HTMLElement)
    await flooded
    client.last().finish()
    await vi.waitFor(() => expect(chat.status.value).toBe('ready'))
    cancelAnimationFrame(frame)
    port1.close()

    expect(atClick).toBe('streaming')
    expect(isAnswered()).toBe(true)
    expect(written).toBeLessThan(100 * deltas)
    const answer = chat.messages.value.at(-1)?.id as string
    await vi.waitFor(() => {
      const shown = container.querySelector(`[data-row="${answer}"]`)?.textContent ?? ''
      expect(shown.replaceAll(/\s/g, '').length).toBe(written * 4)
    })
    expect(publishes).toBeGreaterThan(0)
    expect(publishes).toBeLessThanOrEqual(frames + 3)
    expect(rendered.get(answer)).toBeLessThanOrEqual(frames + 3)
    for (const { id } of before) expect(rendered.has(id)).toBe(false)
  })

  it('a long line is cut while it grows, whole at its end, and watched no longer than that', async () => {
    const watched = new Set<ResizeObserver>()
    const disconnect = vi.spyOn(ResizeObserver.prototype, 'disconnect').mockImplementation(function (
      this: ResizeObserver,
    ) {
      watched.delete(this)
    })
    const observe = vi.spyOn(ResizeObserver.prototype, 'observe').mockImplementation(function (
      this: ResizeObserver,
    ) {
      watched.add(this)
    })
    const text = shallowRef('word '.repeat(400))
    const isStreaming = shallowRef(true)
    const app = createApp({
      render: () => h(ChatText, { text: text.value, isStreaming: isStreaming.value, style: 'width: 400px' }),
    })
    const container = show(app)
    onTestFinished(() => {
      observe.mockRestore()
      disconnect.mockRestore()
    })
    text.value += 'and more'
    await vi.waitFor(() => expect(container.querySelectorAll('span').length).toBeGreaterThan(0))
    isStreaming.value = false
    await nextTick()
    expect(container.querySelectorAll('span').length).toBeGreaterThan(0)
    expect(watched.size).toBe(1)
    await vi.waitFor(() => expect(container.querySelectorAll('span').length).toBe(0))
    expect(watched.size).toBe(0)
    expect(container.textContent).toBe(text.value)
  })
})

// @vitest-environment node
import { type ChatSessionState, createChatSession } from '@chatstream/core'
import { brief, createFakeClient, message } from '@chatstream/fake-chat'
import { Observable } from 'rxjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSSRApp, defineComponent, h, onServerPrefetch, version } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { type ChatStreamOptions, ChatText, createChatSessions, useChatStream } from '../src/index.js'

afterEach(() => vi.restoreAllMocks())

const client = createFakeClient()
const before = message('0', 'user', 'Before')

const render = async (options: Partial<ChatStreamOptions>, load?: () => Promise<(typeof before)[]>) => {
  const sessions = createChatSessions()
  const Chat = defineComponent(() => {
    const { messages, status, setMessages } = useChatStream({ client, model: 'm', ...options })
    if (load) onServerPrefetch(async () => setMessages(await load()))
    return () => h('p', `${status.value}: ${brief(messages.value)}`)
  })
  return { html: await renderToString(createSSRApp(Chat).use(sessions)), sessions }
}

describe('on a server', () => {
  it('shows what it was given, and asks nobody, makes no id, sets no timer', async () => {
    const warn = vi.spyOn(console, 'warn')
    const spies = [
      vi.spyOn(globalThis, 'setTimeout'),
      vi.spyOn(globalThis, 'fetch'),
      vi.spyOn(Math, 'random'),
      vi.spyOn(crypto, 'randomUUID'),
    ]
    expect((await render({ id: '1', initialMessages: [before] })).html).toBe('<p>ready: user: Before</p>')
    expect((await render({})).html).toBe('<p>ready: </p>')
    expect(client.requests.length).toBe(0)
    for (const spy of [warn, ...spies]) expect(spy).not.toHaveBeenCalled()
  })

  it('shows what was loaded while it rendered, and hands it on', async () => {
    const { html, sessions } = await render({ id: '1' }, async () => [before])
    expect(html).toBe('<p>ready: user: Before</p>')
    expect(JSON.parse(JSON.stringify(sessions))).toEqual([{ version: 1, id: '1', messages: [before] }])
  })

  it('keeps the conversations of two requests apart', async () => {
    const [one, other] = [await render({ id: '1', initialMessages: [before] }), await render({ id: '1' })]
    expect(one.html).toContain('Before')
    expect(other.html).not.toContain('Before')
  })

  it('leaves nobody behind who listens to a session', async () => {
    let listeners = 0
    const session = createChatSession({ id: '1', client, model: 'm' })
    const state$ = new Observable<ChatSessionState>((subscriber) => {
      listeners++
      return session.state$.subscribe(subscriber)
    })
    const Chat = defineComponent(() => {
      const { status } = useChatStream({ session: { ...session, state$ } })
      return () => status.value
    })
    expect(await renderToString(createSSRApp(Chat))).toBe('ready')
    expect(listeners).toBe(0)
  })

  it('runs on the Vue that is meant', () => {
    expect(version.split('.').slice(0, 2).join('.')).toBe(`3.${process.env['VUE_MINOR'] ?? '5'}`)
  })

  it('shows a text', async () => {
    expect(await renderToString(createSSRApp(ChatText, { text: '<b>' }))).toContain('&lt;b&gt;')
  })
})

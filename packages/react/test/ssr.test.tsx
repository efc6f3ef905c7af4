// @vitest-environment node

import { brief, createFakeClient } from '@chatstream/fake-chat'
import { dehydrate, HydrationBoundary, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { version } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chatOptions, useChatMessage, useChatStream } from '../src/index.js'
import { message } from './mount-chat.js'

afterEach(() => vi.restoreAllMocks())

const before = message('0', 'user', 'Before')
const load = vi.fn(async () => [before])
const client = createFakeClient()

const Chat = () => {
  const { messages, status } = useChatStream({ id: '1', client, model: 'm', load })
  const first = useChatMessage('1', '0')
  return (
    <p>
      {status}: {brief(messages)} {first?.id}
    </p>
  )
}

const render = (queryClient: QueryClient): string =>
  renderToString(
    <QueryClientProvider client={queryClient}>
      <HydrationBoundary state={dehydrate(queryClient)}>
        <Chat />
      </HydrationBoundary>
    </QueryClientProvider>,
  )

it('runs on the React that these tests are for', () => {
  expect(version.split('.')[0]).toBe(process.env['REACT_MAJOR'] ?? '19')
})

describe('on a server', () => {
  it('shows what was prefetched, and asks nobody', async () => {
    const error = vi.spyOn(console, 'error')
    const queryClient = new QueryClient()
    await queryClient.prefetchQuery(chatOptions({ id: '1', load }))
    expect(render(queryClient)).toContain('<p>ready<!-- -->: <!-- -->user: Before<!-- --> <!-- -->0</p>')
    expect(load).toHaveBeenCalledTimes(1)
    expect(client.requests.length).toBe(0)
    expect(error).not.toHaveBeenCalled()
  })

  it('shows nothing without, and asks nobody, makes no id, sets no timer', () => {
    const error = vi.spyOn(console, 'error')
    const setTimer = vi.spyOn(globalThis, 'setTimeout')
    const random = vi.spyOn(Math, 'random')
    const randomUUID = vi.spyOn(crypto, 'randomUUID')
    load.mockClear()
    expect(render(new QueryClient())).toContain('ready')
    expect(load).not.toHaveBeenCalled()
    for (const spy of [error, setTimer, random, randomUUID]) expect(spy).not.toHaveBeenCalled()
  })

  it('shows the data of this moment, also if they came after the first look', async () => {
    const queryClient = new QueryClient()
    expect(render(queryClient)).not.toContain('Before')
    await queryClient.fetchQuery(chatOptions({ id: '1', load }))
    expect(render(queryClient)).toContain('user: Before')
  })

  it('keeps the conversations of two requests apart', () => {
    const [one, other] = [new QueryClient(), new QueryClient()]
    one.setQueryData(chatOptions({ id: '1' }).queryKey, [before])
    expect(render(one)).toContain('Before')
    expect(render(other)).not.toContain('Before')
  })
})

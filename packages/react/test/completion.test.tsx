import { ChatStreamError } from '@chatstream/core'
import { brief, createFakeClient } from '@chatstream/fake-chat'
import { useQuery } from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { completionQueryOptions } from '../src/index.js'
import { createQueryClient, pageOf, soon } from './mount-chat.js'

afterEach(cleanup)

const messages = [{ role: 'user', content: 'Hello' }] as const

const mount = () => {
  const client = createFakeClient()
  const queryClient = createQueryClient()
  const options = completionQueryOptions({ client, model: 'm', messages, temperature: 0 })
  const view = renderHook(() => useQuery(options), { wrapper: pageOf(queryClient) })
  const shown = () => brief(view.result.current.data && [view.result.current.data])
  return { ...view, client, queryClient, options, shown }
}

describe('completionQueryOptions', () => {
  it('streams one answer into the data of a query', async () => {
    const { client, result, shown } = mount()
    await soon()
    expect(client.last().request).toEqual({ model: 'm', messages, temperature: 0 })
    expect(result.current.isPending).toBe(true)
    await act(async () => client.last().write('Good'))
    await soon()
    expect(shown()).toEqual(['assistant (streaming): Good'])
    expect(result.current.isFetching).toBe(true)
    await act(async () => client.last().finish(' day'))
    await soon()
    expect(shown()).toEqual(['assistant: Good day'])
    expect(result.current.isFetching).toBe(false)
    expect(client.requests.length).toBe(1)
  })

  it('closes the connection when nobody looks any more, and leaves no half of an answer', async () => {
    const { client, options, queryClient, unmount } = mount()
    await soon()
    await act(async () => client.last().write('Good'))
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(true)
    expect(queryClient.getQueryData(options.queryKey)).toBeUndefined()
    expect(queryClient.getQueryState(options.queryKey)?.fetchStatus).toBe('idle')
  })

  it('closes the connection when it is cancelled', async () => {
    const { client, options, queryClient, result } = mount()
    await soon()
    await act(async () => client.last().write('Good', ' day'))
    await act(() => queryClient.cancelQueries({ queryKey: options.queryKey }))
    await soon()
    expect(client.last().isClosed()).toBe(true)
    expect(result.current.data).toBeUndefined()
  })

  it('fails once, and says why', async () => {
    const { client, result } = mount()
    await soon()
    const error = new ChatStreamError('upstream', 'Down.')
    await act(async () => client.last().fail(error))
    await soon()
    expect(result.current.error).toBe(error)
    expect(client.requests.length).toBe(1)
  })

  it('is asked for once, however many look, and again only by hand', async () => {
    const { client, options, queryClient, result, shown } = mount()
    const other = renderHook(() => useQuery(options), { wrapper: pageOf(queryClient) })
    await soon()
    await act(async () => client.last().finish('1'))
    await soon()
    other.unmount()
    const later = renderHook(() => useQuery(options), { wrapper: pageOf(queryClient) })
    await soon()
    expect(later.result.current.data).toBe(result.current.data)
    expect(client.requests.length).toBe(1)
    act(() => void result.current.refetch())
    await soon()
    expect(shown()).toEqual(['assistant: 1'])
    await act(async () => client.last().finish('2'))
    await soon()
    expect(shown()).toEqual(['assistant: 2'])
  })

  it('may be awaited', async () => {
    const client = createFakeClient()
    const queryClient = createQueryClient()
    const answer = queryClient.fetchQuery(completionQueryOptions({ client, model: 'm', messages }))
    await soon()
    client.last().finish('Good day')
    expect(brief([await answer])).toEqual(['assistant: Good day'])
  })
})

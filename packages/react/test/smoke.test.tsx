import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, renderHook } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { expect, test } from 'vitest'
import { useChatStream } from '../src/index.js'
import { createFakeClient } from './fake-client.js'

test('streams', async () => {
  const queryClient = new QueryClient()
  const client = createFakeClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </StrictMode>
  )
  const { result } = renderHook(() => useChatStream({ id: '1', client, model: 'm' }), { wrapper })
  await act(async () => {
    void result.current.sendMessage('Hello')
  })
  expect(result.current.status).toBe('submitted')
  await act(async () => client.last().write('Good'))
  expect(result.current).toMatchObject({ status: 'streaming' })
  expect(result.current.messages.length).toBe(2)
  await act(async () => client.last().finish(' day'))
  expect(result.current).toMatchObject({ status: 'ready' })
  expect(client.requests.length).toBe(1)
  expect(queryClient.getQueryData(['chatstream', 'messages', '1'])).toBe(result.current.messages)
})

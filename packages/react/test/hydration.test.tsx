import { brief, createFakeClient } from '@chatstream/fake-chat'
import { QueryClientProvider } from '@tanstack/react-query'
import { act } from '@testing-library/react'
import { lazy, StrictMode, Suspense } from 'react'
import { hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { chatKeys, useChatStream } from '../src/index.js'
import { createGate, createQueryClient, message, soon } from './mount-chat.js'

let root: Root | undefined
afterEach(async () => {
  await act(async () => root?.unmount())
  vi.restoreAllMocks()
})

const before = message('0', 'user', 'Before')

const start = () => {
  const client = createFakeClient()
  const Chat = ({ name }: { name: string }) => {
    const { messages, status, sendMessage, isPaused } = useChatStream({
      id: '1',
      client,
      model: 'm',
      pace: false,
    })
    return (
      <button type="button" id={name} onClick={() => sendMessage('Hello')}>
        {status} {String(isPaused)} {brief(messages)?.join(', ')}
      </button>
    )
  }
  const createCache = () => {
    const queryClient = createQueryClient()
    queryClient.setQueryData(chatKeys.messages('1'), [before])
    return queryClient
  }
  const page = (queryClient: ReturnType<typeof createQueryClient>, gate?: Promise<unknown>) => {
    const Late = gate === undefined ? Chat : lazy(() => gate.then(() => ({ default: Chat })))
    return (
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <Chat name="early" />
          <Suspense>
            <Late name="late" />
          </Suspense>
        </QueryClientProvider>
      </StrictMode>
    )
  }
  const error = vi.spyOn(console, 'error')
  const onRecoverableError = vi.fn()
  const container = document.createElement('div')
  document.body.append(container)
  container.innerHTML = renderToString(page(createCache()))
  const textOf = (name: string) => container.querySelector(`#${name}`)?.textContent
  const hydrate = (gate?: Promise<unknown>) =>
    act(async () => {
      root = hydrateRoot(container, page(createCache(), gate), { onRecoverableError })
    })
  return { client, container, error, onRecoverableError, textOf, hydrate }
}

it('hydrates without a warning', async () => {
  const { client, error, hydrate, onRecoverableError, textOf } = start()
  expect(textOf('early')).toBe('ready false user: Before')
  await hydrate()
  await soon()
  expect(textOf('early')).toBe('ready false user: Before')
  expect(client.requests.length).toBe(0)
  expect(error).not.toHaveBeenCalled()
  expect(onRecoverableError).not.toHaveBeenCalled()
})

it('hydrates a late part while its conversation streams, without a warning', async () => {
  const { client, container, error, hydrate, onRecoverableError, textOf } = start()
  const gate = createGate<void>()
  await hydrate(gate.passed)
  await act(async () => container.querySelector<HTMLElement>('#early')?.click())
  await act(async () => client.last().write('Good'))
  expect(textOf('early')).toContain('assistant (streaming): Good')
  expect(textOf('late')).toBe('ready false user: Before')
  await act(async () => gate.open())
  await soon()
  expect(textOf('late')).toBe(textOf('early'))
  expect(onRecoverableError).not.toHaveBeenCalled()
  expect(error).not.toHaveBeenCalled()
})

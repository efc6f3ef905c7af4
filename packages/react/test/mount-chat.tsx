import type { Message } from '@chatstream/core'
import { brief, createFakeClient, type FakeClient } from '@chatstream/fake-chat'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import { type ChatStreamOptions, chatKeys, useChatStream } from '../src/index.js'

// Of the root: React runs the effects twice only below a StrictMode that nothing is above.
configure({ reactStrictMode: true })

/** A page with one cache. */
export const pageOf =
  (queryClient: QueryClient) =>
  ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  )

export interface MountOptions extends Partial<ChatStreamOptions> {
  readonly queryClient?: QueryClient
}

/** A component with the hook, which is gone when the test is over. */
export function mountChat({ queryClient = createQueryClient(), ...options }: MountOptions = {}) {
  const client = (options.client as FakeClient | undefined) ?? createFakeClient()
  const defaults: ChatStreamOptions = { id: '1', model: 'm', pace: false, ...options, client }
  let renders = 0
  const view = renderHook(
    (props: Partial<ChatStreamOptions>) => {
      renders++
      return useChatStream({ ...defaults, ...props })
    },
    { wrapper: pageOf(queryClient), initialProps: {} },
  )
  onTestFinished(cleanup)
  return {
    ...view,
    client,
    queryClient,
    chat: () => view.result.current,
    renders: () => renders,
    stored: (id = '1') => brief(queryClient.getQueryData(chatKeys.messages(id))),
    send: (text = 'Hello') =>
      act(async () => {
        void view.result.current.sendMessage(text)
      }),
  }
}

/** A cache whose timers do not outlive the test. */
export function createQueryClient(): QueryClient {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  queryClient.mount()
  onTestFinished(() => {
    queryClient.clear()
    queryClient.unmount()
  })
  return queryClient
}

export const message = (id: string, role: Message['role'], text: string): Message => ({
  id,
  role,
  parts: [{ type: 'text', text }],
  state: 'complete',
})

/** Until the timers that are due now have run, and those that they set at once: the cache tells by timers. */
export const soon = (): Promise<void> =>
  act(async () => {
    for (let round = 0; round < 3; round++) await new Promise((resolve) => setTimeout(resolve))
  })

/** A promise to be kept by hand. */
export function createGate<T>() {
  let open: (value: T) => void = () => {}
  let fail: (error: unknown) => void = () => {}
  const passed = new Promise<T>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { passed, open, fail }
}

import type { SeenRequest } from './seen-request.js'

/** A message, as far as the suite looks at it. */
export interface ShownMessage {
  readonly id: string
  readonly role: string
  readonly state: string
  readonly parts: readonly { readonly type: string; readonly text?: string }[]
  readonly cost?: unknown
  readonly report?: { readonly attempts: number; readonly endpoint?: string }
}

/** What a binding shows at one moment. */
export interface ShownState {
  readonly messages: readonly ShownMessage[]
  readonly status: 'ready' | 'submitted' | 'streaming' | 'error'
  readonly error: { readonly kind: string } | undefined
  /** The attempt in progress; with its error while the next one is waited for. */
  readonly attempt?: { readonly error?: unknown } | undefined
}

/** Options of `createChatClient` that the suite makes use of. */
export interface LifecycleClientOptions {
  readonly baseURL: string
  readonly apiKey: () => Promise<string>
  readonly refreshApiKey?: () => Promise<string>
  readonly headers?: Readonly<Record<string, string>>
  readonly fallbacks?: readonly { readonly baseURL: string; readonly apiKey: string }[]
  readonly retry: { readonly baseDelayMs: number }
  readonly timeouts: { readonly drainMs: number }
}

/** What a binding can do, besides sending. */
export type LifecycleAction = 'stop' | 'unmount' | 'dispose' | 'regenerate' | 'edit'

/** A chat of its own, mounted and shown. Of its methods, those must be there that the harness lists as actions. */
export interface LifecycleChat {
  readonly getState: () => ShownState
  /** Calls back with each state when it comes to be shown, at once where the binding can; not with the present one. */
  readonly onState: (listener: (state: ShownState) => void) => void
  /** Does not throw, and what it returns does not reject. With `messageId`, this message is edited. */
  readonly sendMessage: (input: string | { readonly text: string; readonly messageId: string }) => unknown
  readonly stop?: () => unknown
  readonly regenerate?: () => unknown
  /** The last one who looks at the chat leaves. */
  readonly unmount?: () => unknown
  /** The chat is at its end. */
  readonly dispose?: () => unknown
}

/** What the suite needs to know of a binding, in whichever runtime it is tested. */
export interface LifecycleHarness {
  readonly actions: readonly LifecycleAction[]
  /** Do its answers say which endpoint they came from, and at which attempt? */
  readonly hasReports: boolean
  /** Makes a client with these options, and mounts a chat over it: it shows no messages yet. */
  readonly mount: (options: LifecycleClientOptions) => LifecycleChat | Promise<LifecycleChat>
  /** Of the simulator, without a path: `http://127.0.0.1:4010`. */
  readonly origin: () => string
  /** All requests that the simulator has seen, in the order of arrival. */
  readonly requests: () => readonly SeenRequest[] | Promise<readonly SeenRequest[]>
  /** Lets the simulator lose the connections of all answers whose path starts so. */
  readonly reset: (path: string) => unknown
}

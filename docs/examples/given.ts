/** What the examples of the pages take as given: `<!-- given: client -->` before a block imports it. */
import type { ChatClient, ChatEvent, ChatSession, Message } from '@chatstream/core'
import type { Simulator } from '@chatstream/simulator'
import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType, ReactNode } from 'react'
import type { Observable } from 'rxjs'

export declare const client: ChatClient
export declare const session: ChatSession
export declare const messages: readonly Message[]
export declare const stream$: Observable<ChatEvent>
export declare const simulator: Simulator
export declare const controller: AbortController
export declare const queryClient: QueryClient
export declare const persister: object
export { expect } from 'vitest'
export declare const App: ComponentType
export declare const PersistQueryClientProvider: ComponentType<{
  client: QueryClient
  persistOptions: { persister: object }
  onSuccess: () => unknown
  children: ReactNode
}>
export declare const loadChat: (id: string) => Promise<readonly Message[]>

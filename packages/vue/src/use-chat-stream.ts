import { type ChatSession, type ChatSessionState, createChatActions, tellCallbacks } from '@chatstream/core'
import {
  type ComputedRef,
  computed,
  getCurrentInstance,
  hasInjectionContext,
  inject,
  type MaybeRefOrGetter,
  onMounted,
  type ShallowRef,
  shallowRef,
  ssrContextKey,
  watch,
} from 'vue'
import { injectChatSessions } from './chat-sessions.js'
import type { ChatStream, ChatStreamOptions, SessionOptions } from './chat-stream.js'
import { type ReadOptions, rawInput, rawList, readOptions } from './read-options.js'

interface Shown extends ChatSessionState {
  readonly id: string
}

/**
 * A conversation, its answers as they stream. It lasts as long as the component, or the scope, that it is called in.
 *
 * @example
 * ```ts
 * import { createChatClient } from '@chatstream/core'
 * import { useChatStream } from '@chatstream/vue'
 * import { computed, ref } from 'vue'
 *
 * const client = createChatClient({ baseURL: '/api' })
 *
 * export function useAssistant() {
 *   const model = ref('deepseek-chat')
 *   const { messages, sendMessage } = useChatStream({ id: '1', client, model })
 *   const isEmpty = computed(() => messages.value.length === 0)
 *   return { model, isEmpty, sendMessage }
 * }
 * ```
 */
export function useChatStream(options: MaybeRefOrGetter<ChatStreamOptions | SessionOptions>): ChatStream {
  const sessions = injectChatSessions()
  const ownId = sessions.nextId()
  let latest: ReadOptions
  let session: ChatSession
  const endings = shallowRef(0)
  const shown = shallowRef() as ShallowRef<Shown>

  // What the server has rendered comes first, also in a part of the page that comes alive when an answer streams already.
  let isHydrating = typeof document !== 'undefined' && (getCurrentInstance()?.vnode.el ?? null) !== null
  const isOnServer = hasInjectionContext() && inject(ssrContextKey, undefined) !== undefined
  const snapshot = (): Shown => {
    const state = isHydrating ? session.getServerState() : session.getState()
    return { ...state, id: session.id }
  }
  const show = (): void => {
    shown.value = snapshot()
  }
  if (isHydrating) {
    onMounted(() => {
      isHydrating = false
      show()
    })
  }

  const enter = (place: ChatSession | string): (() => void) => {
    const seat = typeof place === 'string' ? sessions.join(place, latest) : undefined
    session = seat?.session ?? (place as ChatSession)
    if (isOnServer) return () => {} // nobody would be told that it is over: Vue 3.4 ends no watcher there
    const subscription = session.state$.subscribe({
      next: show,
      complete: () => seat && endings.value++, // it was removed: there is another one to be found
    })
    subscription.add(session.events$.subscribe((event) => tellCallbacks(event, latest)))
    return () => {
      subscription.unsubscribe()
      if (place === ownId) sessions.remove(ownId)
      else seat?.leave(latest.whenUnused)
    }
  }
  // At once: who changes the id and sends in the next line means the other conversation.
  const readPlace = (): ChatSession | string => {
    latest = readOptions(options)
    return latest.session ?? latest.id ?? ownId
  }
  watch([readPlace, endings], ([place], _, onCleanup) => onCleanup(enter(place)), {
    immediate: true,
    flush: 'sync',
  })

  // They read no ref: an effect that sends does not send again when the options change.
  const actions = createChatActions(
    () => session,
    () => latest,
  )
  const part = <Name extends keyof Shown>(name: Name): ComputedRef<Shown[Name]> =>
    computed(() => (isOnServer ? snapshot() : shown.value)[name])
  return {
    ...actions,
    sendMessage: (input) => actions.sendMessage(rawInput(input)),
    setMessages: (messages) =>
      actions.setMessages(
        typeof messages === 'function' ? (now) => rawList(messages(now)) : rawList(messages),
      ),
    messages: part('messages'),
    status: part('status'),
    error: part('error'),
    attempt: part('attempt'),
    id: part('id'),
  }
}

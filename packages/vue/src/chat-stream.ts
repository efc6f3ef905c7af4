import type {
  ChatActions,
  ChatCallbacks,
  ChatClient,
  ChatSession,
  ChatSessionOptions,
  ChatSessionState,
  SendOptions,
} from '@chatstream/core'
import type { MaybeRefOrGetter, ShallowRef } from 'vue'

/** A conversation that the components of an app share by its id. */
export interface ChatStreamOptions
  extends ChatCallbacks,
    Omit<SendOptions, 'client' | 'model'>,
    Pick<ChatSessionOptions, 'initialMessages' | 'store' | 'pace'> {
  /** Components with the same id share one conversation. Without it, it is gone with the component. */
  readonly id?: MaybeRefOrGetter<string | undefined>
  readonly client: MaybeRefOrGetter<ChatClient>
  readonly model: MaybeRefOrGetter<string>
  /** What becomes of an answer that streams when the last component has gone. Default: `stop`. */
  readonly whenUnused?: 'stop' | 'continue' | undefined
  readonly session?: undefined
}

/** A session of your own, which is yours to stop. */
export interface SessionOptions extends ChatCallbacks {
  readonly session: MaybeRefOrGetter<ChatSession>
  readonly client?: undefined
  readonly model?: undefined
}

/** The functions stay the same as long as the component lives; they never throw or reject. */
export interface ChatStream extends ChatActions {
  /** The whole conversation; a message that did not change is the same object. Plain data, no proxies. */
  readonly messages: Readonly<ShallowRef<ChatSessionState['messages']>>
  readonly status: Readonly<ShallowRef<ChatSessionState['status']>>
  readonly error: Readonly<ShallowRef<ChatSessionState['error']>>
  /** The attempt in progress; nothing when no answer is on its way. */
  readonly attempt: Readonly<ShallowRef<ChatSessionState['attempt']>>
  readonly id: Readonly<ShallowRef<string>>
}

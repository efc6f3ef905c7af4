import { requestFields } from '@chatstream/chat-kit'
import type { MessageStore } from '@chatstream/core'
import { type ChatStream, useChatStream } from '@chatstream/vue'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { trackTurn } from '../storage/open-turns.js'
import { createPatientClient } from './patient-client.js'

/** A conversation of this app: it goes on when it is left, waits for the network, and the sidebar knows of its answers. */
export function useConversation(
  id: string,
  model: MaybeRefOrGetter<string>,
  store: MessageStore,
): ChatStream {
  const chat = useChatStream({
    id,
    client: createPatientClient(id),
    model,
    request: requestFields,
    store,
    whenUnused: 'continue',
  })
  const track = <T>(answer: Promise<T>): Promise<T> => {
    const question = chat.messages.value.at(-1) // it is there at once
    return trackTurn({ id, model: toValue(model), question }, answer)
  }
  return {
    ...chat,
    sendMessage: (input) => track(chat.sendMessage(input)),
    regenerate: (messageId) => track(chat.regenerate(messageId)),
    resume: () => track(chat.resume()),
  }
}

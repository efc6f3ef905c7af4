import { answerText } from '@chatstream/chat-kit'
import { type Message, mergeMessages } from '@chatstream/core'
import type { ChatStream } from '@chatstream/vue'
import { type App, effectScope } from 'vue'
import { loadStore } from '../storage/load-store.js'
import { readWaiting } from '../storage/open-turns.js'
import { useConversation } from './use-conversation.js'

/** Sends what waited for the network when the page was left; looked at or not. */
export async function resendWaiting(app: App): Promise<void> {
  const waiting = readWaiting()
  const loaded = await Promise.all(
    [...new Set(waiting.map(({ id }) => id))].map(async (id) => ({
      id,
      turns: waiting.filter((turn) => turn.id === id),
      store: await loadStore(id),
    })),
  )
  // From here on in one go: what waits is noted anew with each of them.
  for (const { id, turns, store } of loaded) {
    const questions = turns.flatMap(({ question }) => question ?? [])
    store.update((messages) => mergeMessages(messages, questions))
    const scope = effectScope()
    const model = turns[0]?.model ?? ''
    const chat = app.runWithContext(() => scope.run(() => useConversation(id, model, store)))
    if (chat) void resend(chat, questions).finally(() => scope.stop())
  }
}

/** In the order in which they were asked. */
function resend({ sendMessage, regenerate }: ChatStream, questions: readonly Message[]): Promise<unknown> {
  const answers = questions.map((question, position) =>
    position === 0 ? regenerate(question.id) : sendMessage(answerText(question)),
  )
  return Promise.allSettled(answers)
}

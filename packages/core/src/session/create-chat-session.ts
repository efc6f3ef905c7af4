import type { ChatClient } from '../create-chat-client.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import { newId } from '../message/new-id.js'
import type { ChatSession, ChatSessionOptions, SendOptions } from './chat-session.js'
import { createPacer } from './create-pacer.js'
import { createSessionOutput } from './create-session-output.js'
import type { ChatTools, ToolSession } from './create-tools.js'
import { createTurns, type Turn } from './create-turns.js'
import { mergeMessages, upTo } from './merge-messages.js'
import { createMemoryStore, withFields } from './message-store.js'
import { toChatStreamError } from './to-chat-stream-error.js'
import { toUserMessage } from './to-user-message.js'
import { toWireMessages } from './to-wire-messages.js'
import { createToolResults } from './tool-results.js'

/**
 * A conversation of many turns over one client: the state that user interfaces bind to.
 *
 * No method needs `this`, and none throws or rejects: what goes wrong is in the state.
 *
 * @example
 * ```ts
 * import { createChatClient, createChatSession } from '@chatstream/core'
 *
 * const session = createChatSession({ client: createChatClient({ apiKey: 'KEY' }), model: 'deepseek-chat' })
 * session.state$.subscribe(({ status, messages }) => console.log(status, messages.at(-1)?.parts))
 * await session.sendMessage('Hello')
 * ```
 */
export function createChatSession(options: ChatSessionOptions): ChatSession {
  const { id = newId() } = options
  const store = options.store ?? createMemoryStore(options.initialMessages)
  let disposed = false

  const turns = createTurns(() => createPacer(() => output.publish(), options.pace), {
    onChange: () => output.publish(),
    onSettle(turn, answer, cause) {
      if (disposed) return undefined
      output.setError(cause)
      const isEmpty = answer.parts.length === 0 && answer.state !== 'complete'
      let next: Promise<Message | undefined> | undefined
      try {
        const settled = isEmpty ? [turn.question] : [turn.question, answer]
        store.update((stored) =>
          mergeMessages(withFields(stored, turn.question.id, { streamId: undefined }), settled),
        )
        if (answer.state === 'complete') next = toolsOf(turn.options)?.call(answer, lendTo(turn.options))
      } catch (cause) {
        output.setError(cause)
      }
      output.publish()
      output.tellEnd(answer)
      return next ?? answer
    },
    onCost(answer) {
      if (disposed) return
      const { usage, cost, report } = answer
      change(answer.id, { ...(usage && { usage }), ...(cost && { cost }), ...(report && { report }) })
      output.publish()
      output.tellCost(answer)
    },
    onStream(turn, streamId) {
      if (!disposed) change(turn.question.id, { streamId })
    },
  })

  const output = createSessionOutput(store, turns)
  const { publish } = output
  const tellError = (cause: unknown): void => {
    if (!disposed) output.tellError(cause)
  }

  /** What a method throws becomes the state's error. */
  const attempt = <T>(step: () => T): T | undefined => {
    try {
      return step()
    } catch (cause) {
      tellError(cause)
      return undefined
    }
  }

  const keep = (messages: readonly Message[]): void =>
    store.update((stored) => mergeMessages(stored, messages))
  const change = (messageId: string, fields: Partial<Message>): void => {
    const isChanged = withFields(store.get(), messageId, fields) !== store.get()
    if (isChanged) store.update((messages) => withFields(messages, messageId, fields))
  }

  const clientOf = (sending: SendOptions): ChatClient => sending.client ?? options.client
  const toolsOf = (sending: SendOptions): ChatTools | undefined => sending.tools ?? options.tools

  const begin = (turn: Turn): void =>
    turns.start(turn, () => {
      const sending = turn.options
      const tools = toolsOf(sending)?.wire ?? []
      return clientOf(sending).stream({
        ...(tools.length > 0 && { tools }),
        ...(sending.request ?? options.request),
        model: sending.model ?? options.model,
        messages: toWireMessages(upTo(output.messages(), turn.question.id)),
      })
    })

  const results = createToolResults(store, (message) => turnOf(message) !== undefined)
  const lendTo = (sending: SendOptions): ToolSession => ({
    results,
    openTurn(caller) {
      const turn = turns.add(caller, sending, true)
      return {
        whenSettled: turn.whenSettled,
        isOpen: () => turns.open().includes(turn),
        ask(result) {
          turn.question = result
          begin(turn)
        },
        close: () => turns.remove(turn),
      }
    },
  })

  const turnOf = (question: Message): Turn | undefined =>
    turns.open().find((turn) => turn.question.id === question.id)

  const accept = (question: Message, sending: SendOptions = {}): Turn => {
    output.setError(undefined)
    keep([question]) // at once: it may wait for long, and the page be gone before
    return turnOf(question) ?? turns.add(question, sending)
  }

  const answer: ChatSession['answer'] = (question, sending, onBegin) => {
    if (disposed) return Promise.resolve(undefined)
    const turn = accept(question)
    if (sending !== undefined) turn.options = sending
    if (onBegin !== undefined) turn.onBegin = onBegin
    begin(turn)
    return turn.whenSettled
  }

  const send = (question: Message, sending: SendOptions): Promise<Message | undefined> => {
    if (options.send === undefined) return answer(question, sending)
    const { whenSettled } = accept(question, sending)
    options.send(question, sending, whenSettled)
    return whenSettled
  }

  /** Keeps a question that gets no answer. */
  const end = (question: Message, fields: Partial<Message>): void => {
    keep([question])
    change(question.id, fields)
  }

  /** An answer that the server keeps goes on until it is told. */
  const stopStream = ({ streamId, options: sending }: Turn): void => {
    if (streamId) clientOf(sending).stop?.(streamId).catch(tellError)
  }

  const stop = (): void => {
    turns.open().forEach(stopStream)
    const waiting = turns.stop().filter(({ question }) => question.role === 'user')
    if (!disposed) for (const { question } of waiting) end(question, { state: 'aborted' })
    publish()
  }

  /** Stops, and cuts off what stands at this position and after it. */
  const cut = (find: (messages: readonly Message[]) => number): void => {
    if (find(output.messages()) < 0)
      throw new ChatStreamError('unsupported', 'There is no message with this id to be answered again.')
    stop()
    const at = find(store.get())
    if (at >= 0 && at < store.get().length) store.update((messages) => messages.slice(0, at))
  }

  /** Where the answer starts that is to be given again: this one, or the last one, or none yet. */
  const startOfAnswer = (messages: readonly Message[], messageId = messages.at(-1)?.id): number => {
    const at = messages.findIndex((message) => message.id === messageId)
    return at < 0 || messages[at]?.role === 'assistant' ? at : at + 1
  }

  return {
    id,
    state$: output.state$,
    events$: output.events$,
    getState: output.getState,
    getServerState: output.getServerState,
    async sendMessage(input, sending = {}) {
      const whenBusy = sending.whenBusy ?? options.whenBusy ?? 'queue'
      if (disposed || (whenBusy === 'refuse' && turns.open().length > 0)) return undefined
      return attempt(() => {
        const question = toUserMessage(input)
        const replaces = typeof input === 'object' && input.messageId !== undefined
        if (replaces) cut((messages) => messages.findIndex((message) => message.id === question.id))
        else if (whenBusy === 'interrupt' && turns.open().length > 0) stop()
        return send(question, sending)
      })
    },
    stop,
    async regenerate(messageId, sending = {}) {
      if (disposed) return undefined
      return attempt(() => {
        cut((messages) => startOfAnswer(messages, messageId))
        const last = store.get().at(-1)
        if (last === undefined) throw new ChatStreamError('unsupported', 'There is no message to answer.')
        const { error: _, ...rest } = last
        const question: Message = { ...rest, state: 'complete' } // it may have been stopped, or have failed
        if (last.state !== 'complete') store.update((messages) => [...messages.slice(0, -1), question])
        return send(question, sending)
      })
    },
    async addToolResult(result, sending = {}) {
      if (disposed) return undefined
      return attempt(() => {
        const question = results.add(results.callerOf(result.toolCallId), [result])
        publish()
        return question && send(question, sending)
      })
    },
    async resume(sending = {}) {
      const question = store.get().findLast(({ streamId }) => streamId)
      if (disposed || question?.streamId === undefined) return undefined
      const { streamId } = question
      return (
        turnOf(question)?.whenSettled ??
        attempt(() => {
          const { resume } = clientOf(sending)
          if (resume === undefined)
            throw new ChatStreamError('unsupported', 'This client has no `resume`: see createChatClient.')
          const turn = turns.add(question, sending)
          turns.start(turn, () => resume(streamId))
          return turn.whenSettled
        })
      )
    },
    setMessages(messages) {
      if (disposed) return
      attempt(() => {
        store.update(typeof messages === 'function' ? messages : () => messages)
        publish()
      })
    },
    clearError() {
      output.setError(undefined)
      publish()
    },
    accept(question) {
      if (!disposed) accept(question)
    },
    answer,
    reject(question, cause) {
      const turn = turnOf(question)
      if (turn === undefined || turn.isRunning) return
      attempt(() => {
        end(question, { state: 'failed', error: toChatStreamError(cause).toJSON() })
        output.setError(cause) // before the turn is gone, or the session would seem ready
        turns.remove(turn)
        throw cause
      })
    },
    isOpen: ({ id }) => turns.open().some(({ question, answer }) => question.id === id || answer?.id === id),
    refresh: publish,
    dispose() {
      disposed = true
      turns.stop()
      publish()
      output.complete()
    },
    toJSON: () => ({ version: 1, id, messages: output.getState().messages }),
  }
}

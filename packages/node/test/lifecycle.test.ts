import { once } from 'node:events'
import { Writable } from 'node:stream'
import {
  accumulateMessage,
  type ChatEvent,
  type ChatSessionState,
  type ChatStreamErrorData,
  createChatClient,
  type Message,
} from '@chatstream/core'
import { describeLifecycle, type ShownState, toSeenRequest } from '@chatstream/lifecycle'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { Subject, tap } from 'rxjs'
import { afterAll, beforeAll } from 'vitest'
import { pipeToWritable, toReadable } from '../src/index.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

type Line = ChatEvent | { readonly type: 'error'; readonly error: ChatStreamErrorData }

/** At the far end of the bridge: lines of JSON become events again. */
function createFarEnd(onLine: (line: Line) => void, onEnd: () => void): Writable {
  let rest = ''
  return new Writable({
    decodeStrings: false,
    write(text, _encoding, callback) {
      const lines = (rest + String(text)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(JSON.parse(line))
      callback()
    },
    final(callback) {
      onEnd()
      callback()
    },
  })
}

/** As a key that comes from anywhere: a writable tells one tick later that it was closed. */
const aTurnLater = (key: string): Promise<string> => new Promise((resolve) => setImmediate(resolve, key))

const textOf = ({ parts }: Message): string => parts.map((part) => ('text' in part ? part.text : '')).join('')

/** As a chat shows it that stands on the other side of the bridge. */
const describeBridge = (
  name: string,
  connect: (stream$: ReturnType<ReturnType<typeof createChatClient>['stream']>, farEnd: Writable) => unknown,
): void =>
  describeLifecycle(name, {
    origin: () => new URL(simulator.url).origin,
    requests: () => simulator.journal.entries.map(toSeenRequest),
    reset: (path) => simulator.resetConnections(path),
    actions: ['stop', 'unmount'],
    hasReports: false,
    mount(options) {
      const { apiKey, refreshApiKey } = options
      const client = createChatClient({
        ...options,
        apiKey: () => apiKey().then(aTurnLater),
        ...(refreshApiKey && { refreshApiKey: () => refreshApiKey().then(aTurnLater) }),
      })
      const listeners: ((state: ShownState) => void)[] = []
      let state: ChatSessionState = { messages: [], status: 'ready', error: undefined, attempt: undefined }
      let controller = new AbortController()
      let farEnd: Writable | undefined

      const show = (next: Partial<ChatSessionState>): void => {
        state = { ...state, ...next }
        for (const listener of listeners) listener(state)
      }
      const showAnswer = (history: readonly Message[], answer: Message): void => {
        const messages = answer.parts.length > 0 ? [...history, answer] : history
        const status =
          answer.state !== 'streaming' ? 'ready' : messages === history ? 'submitted' : 'streaming'
        show(answer.state === 'failed' ? { messages } : { messages, status })
      }

      return {
        getState: () => state,
        onState: (listener) => listeners.push(listener),
        async sendMessage(input) {
          if (farEnd?.closed === false) await once(farEnd, 'close')
          const text = typeof input === 'string' ? input : input.text
          const question: Message = {
            id: `${state.messages.length}`,
            role: 'user',
            parts: [{ type: 'text', text }],
            state: 'complete',
          }
          const history = [...state.messages, question]
          show({ messages: history, status: 'submitted', error: undefined })

          const events$ = new Subject<ChatEvent>()
          events$
            .pipe(
              tap((event) => {
                if (event.type === 'attempt-failed' || event.type === 'attempt-start')
                  show({ attempt: event })
              }),
              accumulateMessage(),
            )
            .subscribe({
              next: (answer) => showAnswer(history, answer),
              error: (error) => show({ status: 'error', error }),
            })
          farEnd = createFarEnd(
            (line) => (line.type === 'error' ? events$.error(line.error) : events$.next(line)),
            () => events$.complete(),
          )
          controller = new AbortController()
          const messages = history.map((message) => ({ role: message.role, content: textOf(message) }))
          connect(client.stream({ model: 'deepseek-chat', messages }, { signal: controller.signal }), farEnd)
        },
        stop: () => controller.abort(),
        unmount: () => farEnd?.destroy(),
      }
    },
  })

describeBridge('pipeToWritable', (stream$, farEnd) => {
  // What the stream fails with is told in the last line, too.
  pipeToWritable(stream$, farEnd, { format: 'jsonl' }).catch(() => {})
})

describeBridge('toReadable', (stream$, farEnd) => {
  const readable = toReadable(stream$, { format: 'jsonl' })
  readable.pipe(farEnd)
  farEnd.on('close', () => readable.destroy())
})

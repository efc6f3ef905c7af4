import { addConversation, client, requestFields, type ShownError, titleOf } from '@chatstream/chat-kit'
import { useChatStream } from '@chatstream/react'
import { ArrowDown, WifiOff } from 'lucide-react'
import { type ReactNode, useCallback, useEffect } from 'react'
import { AttemptLog } from '../answer/attempt-log.js'
import { ErrorNotice } from '../answer/error-notice.js'
import { ModelPicker } from '../model-picker.js'
import { useSetting } from '../shell/use-setting.js'
import { Announcer } from './announcer.js'
import { AssistantMessage } from './assistant-message.js'
import { useIsUnanswered } from './busy-elsewhere.js'
import { Composer } from './composer.js'
import { Totals } from './totals.js'
import { useFollowScroll } from './use-follow-scroll.js'
import { useKeepPartial } from './use-keep-partial.js'
import { useResume } from './use-resume.js'
import { UserMessage } from './user-message.js'
import { Welcome } from './welcome.js'

/** One conversation. */
export function ChatView({ id }: { readonly id: string }): ReactNode {
  const [model, setModel] = useSetting('model', 'deepseek-chat')
  const chat = useChatStream({ id, client, model, request: requestFields, whenUnused: 'continue' })
  const { messages, status, error, attempt, isPaused, sendMessage, stop, regenerate } = chat
  useKeepPartial(chat)
  useResume(chat)
  const { scroller, content, isFollowing, follow } = useFollowScroll()
  const isBusy = status === 'submitted' || status === 'streaming' || isPaused
  const last = messages.at(-1)
  const isUnanswered = useIsUnanswered(id, last?.role === 'user' && !isBusy)

  const send = useCallback(
    (prompt: string) => {
      addConversation({ id, title: titleOf(prompt), createdAt: Date.now() })
      follow()
      void sendMessage(prompt)
    },
    [id, follow, sendMessage],
  )
  const edit = useCallback(
    (messageId: string, text: string) => {
      follow()
      void sendMessage({ text, messageId })
    },
    [follow, sendMessage],
  )
  const answerAgain = useCallback((messageId?: string) => void regenerate(messageId), [regenerate])

  useEffect(() => {
    if (!isBusy) return
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) stop()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [isBusy, stop])

  return (
    <section className="chat" aria-label="Conversation">
      <div className="scroller" ref={scroller}>
        <div className="column" ref={content}>
          {messages.length === 0 && chat.history.isSuccess && <Welcome onPick={send} />}
          {messages.map((message) =>
            message.role === 'user' ? (
              <UserMessage key={message.id} message={message} onEdit={edit} />
            ) : (
              <AssistantMessage key={message.id} message={message} onRegenerate={answerAgain} />
            ),
          )}
          {isPaused && (
            <p className="notice" role="status">
              <WifiOff aria-hidden size={17} />
              You are offline. What you write is sent when you are back.
            </p>
          )}
          {status === 'submitted' && !isPaused && <AttemptLog attempt={attempt} />}
          {isUnanswered && !isBusy && (
            <Unanswered error={last?.error ?? error} onRetry={() => answerAgain()} />
          )}
        </div>
      </div>
      <div className="dock">
        {!isFollowing && (
          <button type="button" className="to-bottom" aria-label="Go to the newest" onClick={follow}>
            <ArrowDown aria-hidden size={16} />
          </button>
        )}
        <Composer isBusy={isBusy} onSend={send} onStop={stop}>
          <ModelPicker label="Model" value={model} onChange={setModel} />
        </Composer>
        <Totals messages={messages} />
      </div>
      <Announcer status={status} isEmpty={messages.length === 0} />
    </section>
  )
}

interface UnansweredProps {
  readonly error: ShownError | undefined
  readonly onRetry: () => void
}

function Unanswered({ error, onRetry }: UnansweredProps): ReactNode {
  if (error !== undefined) return <ErrorNotice error={error} hasPartial={false} onRetry={onRetry} />
  return (
    <div className="notice">
      <p>This message has no answer.</p>
      <button type="button" className="button" onClick={onRetry}>
        Ask again
      </button>
    </div>
  )
}

import { answerText } from '@chatstream/chat-kit'
import type { Message } from '@chatstream/core'
import { RotateCw } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { AnswerFacts, AnswerView } from '../answer/answer-view.js'
import { ErrorNotice } from '../answer/error-notice.js'
import { CopyButton } from '../shell/copy-button.js'

interface AssistantMessageProps {
  readonly message: Message
  readonly onRegenerate: (messageId: string) => void
}

export const AssistantMessage = memo(function AssistantMessage({
  message,
  onRegenerate,
}: AssistantMessageProps): ReactNode {
  const { id, state, error, finishReason } = message
  const isStreaming = state === 'streaming'
  return (
    <article className={`message assistant ${state}`} aria-label="Answer" aria-busy={isStreaming}>
      <AnswerView message={message} />
      {state === 'aborted' && <p className="ending">Stopped</p>}
      {finishReason === 'length' && <p className="ending">The answer reached its longest length.</p>}
      {finishReason === 'content_filter' && <p className="ending">A filter ended the answer.</p>}
      {error !== undefined && (
        <ErrorNotice error={error} hasPartial={message.parts.length > 0} onRetry={() => onRegenerate(id)} />
      )}
      {!isStreaming && (
        <footer className="actions">
          <CopyButton label="Copy answer" read={() => answerText(message)} />
          <button
            type="button"
            className="icon-button"
            aria-label="Regenerate"
            title="Regenerate"
            onClick={() => onRegenerate(id)}
          >
            <RotateCw aria-hidden size={15} />
          </button>
          <AnswerFacts message={message} />
        </footer>
      )}
    </article>
  )
})

import { isSendKey, splitDirectives } from '@chatstream/chat-kit'
import type { Message } from '@chatstream/core'
import { FlaskConical, Pencil } from 'lucide-react'
import { memo, type ReactNode, useState } from 'react'
import { CopyButton } from '../shell/copy-button.js'

interface UserMessageProps {
  readonly message: Message
  readonly onEdit: (messageId: string, text: string) => void
}

export const UserMessage = memo(function UserMessage({ message, onEdit }: UserMessageProps): ReactNode {
  const [draft, setDraft] = useState<string>()
  const { text, fault } = splitDirectives(
    message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
  )
  const send = (): void => {
    if (draft === undefined || draft.trim() === '') return
    setDraft(undefined)
    onEdit(message.id, draft.trim())
  }
  if (draft !== undefined) {
    return (
      <article className="message user" aria-label="You, editing">
        <form
          className="edit"
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <textarea
            aria-label="Edit the message"
            // biome-ignore lint/a11y/noAutofocus: the reader has just asked to write here
            autoFocus
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.stopPropagation()
                setDraft(undefined)
              }
              if (isSendKey(event.nativeEvent)) {
                event.preventDefault()
                send()
              }
            }}
          />
          <div className="edit-actions">
            <small>All that comes after it is replaced.</small>
            <button type="button" className="button quiet" onClick={() => setDraft(undefined)}>
              Cancel
            </button>
            <button type="submit" className="button primary" disabled={draft.trim() === ''}>
              Send
            </button>
          </div>
        </form>
      </article>
    )
  }
  return (
    <article className="message user" aria-label="You">
      {fault !== undefined && (
        <p className="fault-tag">
          <FlaskConical aria-hidden size={13} />
          {fault.replace(/ key=\S+/, '')}
        </p>
      )}
      <p className="bubble">{text}</p>
      <footer className="actions">
        <button
          type="button"
          className="icon-button"
          aria-label="Edit"
          title="Edit"
          onClick={() => setDraft(text)}
        >
          <Pencil aria-hidden size={15} />
        </button>
        <CopyButton label="Copy message" read={() => text} />
      </footer>
    </article>
  )
})

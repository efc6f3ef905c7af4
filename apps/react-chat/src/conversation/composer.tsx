import { type Fault, faultPrompt, isSendKey } from '@chatstream/chat-kit'
import { ArrowUp, Square } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { FaultPanel } from './fault-panel.js'

interface ComposerProps {
  readonly isBusy: boolean
  readonly onSend: (text: string) => void
  readonly onStop: () => void
  readonly children?: ReactNode
}

/** Where the reader writes. What is sent while an answer comes waits for its end. */
export function Composer({ isBusy, onSend, onStop, children }: ComposerProps): ReactNode {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<Fault>()
  const isEmpty = text.trim() === ''
  const send = (): void => {
    if (isEmpty) return
    const prompt = text.trim()
    onSend(fault === undefined ? prompt : faultPrompt(fault, prompt, crypto.randomUUID().slice(0, 8)))
    setText('')
    setFault(undefined)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSendKey(event.nativeEvent)) return
    event.preventDefault()
    send()
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        aria-label="Message"
        placeholder="Ask anything"
        rows={1}
        // biome-ignore lint/a11y/noAutofocus: writing is what one comes here for
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-bar">
        {children}
        <FaultPanel fault={fault} onChange={setFault} />
        <span className="grow" />
        {isBusy && isEmpty ? (
          <button
            type="button"
            className="round-button"
            aria-label="Stop"
            title="Stop (Esc)"
            onClick={onStop}
          >
            <Square aria-hidden size={13} fill="currentColor" />
          </button>
        ) : (
          <button type="submit" className="round-button" aria-label="Send" title="Send" disabled={isEmpty}>
            <ArrowUp aria-hidden size={18} />
          </button>
        )}
      </div>
    </form>
  )
}

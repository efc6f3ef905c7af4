import type { ChatStatus } from '@chatstream/core'
import type { ReactNode } from 'react'

const words: Readonly<Record<ChatStatus, string>> = {
  ready: 'The answer is complete.',
  submitted: 'Sent.',
  streaming: 'The answer is coming.',
  error: '', // the notice is an alert by itself
}

/** Tells a screen reader what is going on: once at each turn of it, not at each token. */
export function Announcer({ status, isEmpty }: { status: ChatStatus; isEmpty: boolean }): ReactNode {
  return (
    <p role="status" className="visually-hidden">
      {isEmpty ? '' : words[status]}
    </p>
  )
}

import { statusWords } from '@chatstream/chat-kit'
import type { ChatStatus } from '@chatstream/core'
import type { ReactNode } from 'react'

/** Tells a screen reader what is going on: once at each turn of it, not at each token. */
export function Announcer({ status, isEmpty }: { status: ChatStatus; isEmpty: boolean }): ReactNode {
  return (
    <p role="status" className="visually-hidden">
      {isEmpty ? '' : statusWords[status]}
    </p>
  )
}

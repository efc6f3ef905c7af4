import { conversationTotals } from '@chatstream/chat-kit'
import type { Message } from '@chatstream/core'
import type { ReactNode } from 'react'

/** What the whole conversation has come to. */
export function Totals({ messages }: { readonly messages: readonly Message[] }): ReactNode {
  const { tokens, cost, unknownCosts } = conversationTotals(messages)
  return (
    <p className="totals">
      {tokens > 0 && <span>{tokens.toLocaleString('en')} tokens</span>}
      {cost !== undefined && <span>${cost}</span>}
      {unknownCosts > 0 && tokens > 0 && <span>{unknownCosts} without a known cost</span>}
      {tokens === 0 && <span>A simulator answers: its text is scripted.</span>}
    </p>
  )
}

import { answerFacts } from '@chatstream/chat-kit'
import type { Message } from '@chatstream/core'
import { lazy, memo, type ReactNode, Suspense } from 'react'
import { ReasoningPanel } from './reasoning-panel.js'

// Fetched beside the app, not before it: until it is there, an answer is plain text.
const markdown = import('../markdown/markdown.js')
const Markdown = lazy(async () => ({ default: (await markdown).Markdown }))

/** An answer, as far as it has come. A settled one is never rendered again. */
export const AnswerView = memo(function AnswerView({ message }: { readonly message: Message }): ReactNode {
  const isStreaming = message.state === 'streaming'
  const last = message.parts.length - 1
  return message.parts.map((part, index) => {
    const isOpen = isStreaming && index === last
    // Parts only ever grow at the end: their position is their identity.
    const key = `${index}`
    switch (part.type) {
      case 'text':
        return (
          <Suspense key={key} fallback={<p className="plain">{part.text}</p>}>
            <Markdown text={part.text} isStreaming={isOpen} />
          </Suspense>
        )
      case 'reasoning':
        return <ReasoningPanel key={key} text={part.text} isThinking={isOpen} />
      case 'refusal':
        return (
          <p key={key} className="refusal">
            {part.text}
          </p>
        )
      case 'tool-call':
        return (
          <p key={key} className="plain">
            {part.name}({part.arguments})
          </p>
        )
      default:
        return null
    }
  })
})

/** What is known of an answer: times, tokens, cost. */
export function AnswerFacts({ message }: { readonly message: Message }): ReactNode {
  const facts = answerFacts(message)
  if (facts.length === 0) return null
  return (
    <dl className="facts">
      {facts.map(({ label, value }) => (
        <div key={label} title={label}>
          <dt className="visually-hidden">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

import { ChatText } from '@chatstream/react'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'

interface ReasoningPanelProps {
  readonly text: string
  readonly isThinking: boolean
}

/** Open while the model thinks, folded when the answer begins; unless the reader has said otherwise. */
export function ReasoningPanel({ text, isThinking }: ReasoningPanelProps): ReactNode {
  const [choice, setChoice] = useState<boolean>()
  const isOpen = choice ?? isThinking
  return (
    <details className="reasoning" open={isOpen}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button by itself */}
      <summary
        onClick={(event) => {
          event.preventDefault()
          setChoice(!isOpen)
        }}
      >
        <ChevronRight aria-hidden size={15} />
        <span className={isThinking ? 'shimmer' : undefined}>{isThinking ? 'Thinking' : 'Thoughts'}</span>
      </summary>
      <ChatText className="thoughts" text={text} isStreaming={isThinking} />
    </details>
  )
}

import { createBlockSplitter, hasDefinitions } from '@chatstream/chat-kit'
import { ChatText } from '@chatstream/react'
import { memo, type ReactNode, useState } from 'react'
import remend from 'remend'
import { MarkdownBlockView } from './markdown-block-view.js'
import { useCatchUp } from './use-catch-up.js'

interface MarkdownProps {
  readonly text: string
  readonly isStreaming: boolean
}

/** Markdown as it comes: finished blocks are rendered once; what is unfinished in the last one is closed for show. */
export const Markdown = memo(function Markdown({ text, isStreaming }: MarkdownProps): ReactNode {
  const [split] = useState(createBlockSplitter)
  const shown = useCatchUp(text)
  const isGrowing = isStreaming || shown.length < text.length
  const blocks = !isGrowing && hasDefinitions(text) ? [{ start: 0, text }] : split(shown)
  return (
    <div className="markdown">
      {blocks.map((block, index) => {
        const isOpen = isGrowing && index === blocks.length - 1
        return block.text.length < plainAbove ? (
          <MarkdownBlockView
            key={block.start}
            text={isOpen ? remend(block.text) : block.text}
            isOpen={isOpen}
          />
        ) : (
          <ChatText key={block.start} text={block.text} isStreaming={isOpen} />
        )
      })}
    </div>
  )
})

/** A block of so many characters is no prose: parsing it at each step would hold up the page. */
const plainAbove = 30_000

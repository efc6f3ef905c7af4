import { createBlockSplitter, hasDefinitions } from '@chatstream/chat-kit'
import { ChatText } from '@chatstream/react'
import { memo, type ReactNode, useState } from 'react'
import remend from 'remend'
import { MarkdownBlockView } from './markdown-block-view.js'

interface MarkdownProps {
  readonly text: string
  readonly isStreaming: boolean
}

/** Markdown as it comes: finished blocks are rendered once; what is unfinished in the last one is closed for show. */
export const Markdown = memo(function Markdown({ text, isStreaming }: MarkdownProps): ReactNode {
  const [split] = useState(createBlockSplitter)
  const blocks = !isStreaming && hasDefinitions(text) ? [{ start: 0, text }] : split(text)
  return (
    <div className="markdown">
      {blocks.map((block, index) => {
        const isOpen = isStreaming && index === blocks.length - 1
        const shown = isOpen && block.text.length < plainAbove ? remend(block.text) : block.text
        return block.text.length < plainAbove ? (
          <MarkdownBlockView key={block.start} text={shown} isOpen={isOpen} />
        ) : (
          <ChatText key={block.start} text={block.text} isStreaming={isOpen} />
        )
      })}
    </div>
  )
})

/** A block of so many characters is no prose: parsing it at each step would hold up the page. */
const plainAbove = 30_000

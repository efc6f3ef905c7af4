import { createTextView, type TextBlock, textStyles } from '@chatstream/core'
import {
  Fragment,
  type HTMLAttributes,
  memo,
  type ReactNode,
  useEffect,
  useReducer,
  useRef,
  useState,
} from 'react'

export interface ChatTextProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  /** All of the text so far. */
  readonly text: string
  /** Is more to come? */
  readonly isStreaming?: boolean
}

/**
 * Shows a long text while it grows: a new token costs the layout of its last lines only. Selecting, copying, finding and
 * reading aloud are as with plain text. Nothing in the text is taken for markup.
 *
 * @example
 * ```tsx
 * import { ChatText } from '@chatstream/react'
 *
 * const Answer = ({ text }: { text: string }) => <ChatText text={text} isStreaming className="answer" />
 * ```
 */
export function ChatText({ text, isStreaming = false, style, ...attributes }: ChatTextProps): ReactNode {
  const [view] = useState(createTextView)
  const [, showAgain] = useReducer((count: number) => count + 1, 0)
  const container = useRef<HTMLDivElement>(null)

  // Once the frame was shown: its lines are laid out then, and to look at them costs nothing.
  useEffect(() => {
    if (isStreaming && container.current !== null) view.measure(container.current)
  })

  // A cut is right for one width of the lines; and a text that is whole needs none.
  useEffect(() => {
    if (container.current !== null) return view.joinWhenDue(container.current, isStreaming, showAgain)
    return undefined
  }, [view, isStreaming])

  const groups = view.read(text)
  return (
    <div ref={container} style={{ ...textStyles.container, ...style }} {...attributes}>
      <Fragment key={view.generation()}>
        {groups.map((blocks, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is frozen never moves
          <BlockGroup key={position} blocks={blocks} />
        ))}
      </Fragment>
    </div>
  )
}

const BlockGroup = memo(({ blocks }: { readonly blocks: readonly TextBlock[] }) => (
  <div>
    {blocks.map((block) => (
      <Block key={block.key} block={block} />
    ))}
  </div>
))

const Block = memo(({ block: { groups } }: { readonly block: TextBlock }) => {
  const [pieces = []] = groups
  const isWhole = groups.length === 1 && pieces.length === 1
  return (
    <div>
      {isWhole
        ? pieces[0]
        : // biome-ignore lint/suspicious/noArrayIndexKey: what is frozen never moves
          groups.map((group, position) => <PieceGroup key={position} pieces={group} />)}
    </div>
  )
})

const PieceGroup = memo(({ pieces }: { readonly pieces: readonly string[] }) => (
  <span style={textStyles.line}>
    {pieces.map((piece, position) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: what is frozen never moves
      <Piece key={position} piece={piece} />
    ))}
  </span>
))

const Piece = memo(({ piece }: { readonly piece: string }) => <span style={textStyles.line}>{piece}</span>)

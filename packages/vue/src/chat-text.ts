import { createTextView, type TextBlock, textStyles } from '@chatstream/core'
import {
  type DefineSetupFnComponent,
  defineComponent,
  type FunctionalComponent,
  h,
  onMounted,
  onUpdated,
  shallowRef,
  watch,
} from 'vue'

export interface ChatTextProps {
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
 * ```ts
 * import { ChatText } from '@chatstream/vue'
 * import { h } from 'vue'
 *
 * const Answer = ({ text }: { text: string }) => h(ChatText, { text, isStreaming: true, class: 'answer' })
 * ```
 */
export const ChatText: DefineSetupFnComponent<ChatTextProps> = defineComponent(
  (props: ChatTextProps) => {
    const view = createTextView()
    const container = shallowRef<HTMLElement>()
    const joins = shallowRef(0)

    // In the frame that shows it, after all else was written: its lines are laid out now anyway.
    const measure = (): void => {
      if (props.isStreaming && container.value) view.measure(container.value)
    }
    onMounted(measure)
    onUpdated(measure)

    // A cut is right for one width of the lines; and a text that is whole needs none.
    watch(
      [container, () => props.isStreaming === true] as const,
      ([element, isStreaming], _, onCleanup) => {
        if (element) onCleanup(view.joinWhenDue(element, isStreaming, () => joins.value++))
      },
      { flush: 'post' },
    )

    return () => {
      void joins.value // shows anew, though the text is the same
      const groups = view.read(props.text)
      return h(
        'div',
        { ref: container, style: textStyles.container },
        groups.map((blocks, position) => h(BlockGroup, { key: `${view.generation()}.${position}`, blocks })),
      )
    }
  },
  { name: 'ChatText', props: { text: { type: String, required: true }, isStreaming: Boolean } },
)

// Components, so that what is frozen is not looked at again.

const BlockGroup: FunctionalComponent<{ readonly blocks: readonly TextBlock[] }> = ({ blocks }) =>
  h(
    'div',
    blocks.map((block) => h(Block, { key: block.key, block })),
  )
BlockGroup.props = ['blocks']

const Block: FunctionalComponent<{ readonly block: TextBlock }> = ({ block: { groups } }) => {
  const [pieces = []] = groups
  const isWhole = groups.length === 1 && pieces.length === 1
  return h(
    'div',
    isWhole ? pieces[0] : groups.map((group, position) => h(PieceGroup, { key: position, pieces: group })),
  )
}
Block.props = ['block']

const PieceGroup: FunctionalComponent<{ readonly pieces: readonly string[] }> = ({ pieces }) =>
  h(
    'span',
    { style: textStyles.line },
    pieces.map((piece, position) => h('span', { key: position, style: textStyles.line }, piece)),
  )
PieceGroup.props = ['pieces']

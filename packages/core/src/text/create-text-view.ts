import { createTextSplitter, type TextBlocks, type TextSplitter } from './create-text-splitter.js'
import { lastLineStart } from './last-line-start.js'

/** The `Element` of a page. Where the DOM is not among the types, as on a server, nothing can be shown, and anything will do. */
type PageElement = typeof globalThis extends { Element: { prototype: infer Type } } ? Type : unknown

export interface TextView {
  /** The blocks of this text, which normally is the last one grown. Any other text starts anew, with other keys. */
  readonly read: (text: string) => TextBlocks
  /** Says which text it is, for keys: it changes when one starts anew. */
  readonly generation: () => number
  /** To be called when the blocks are shown: freezes the lines of a long open piece, for the next time. */
  readonly measure: (container: PageElement) => void
  /**
   * Watches for the time to undo all cuts: when the width has changed, since lines then start elsewhere; and, once the
   * text no longer grows, when the page is idle and nothing in the text is selected. Returns how to stop watching.
   *
   * @param show called when the cuts are undone, to show the blocks anew.
   */
  readonly joinWhenDue: (container: PageElement, isStreaming: boolean, show: () => void) => () => void
}

/** A piece of more characters than this is cut: shorter ones are cheap to lay out. */
const MAX_PIECE = 600

/** After the end of an answer much else happens; the text can wait. */
const SETTLE_MS = 200

/**
 * The styles of a view, by the names of the DOM. The container shows blanks as they are; each cut line is a box of its own,
 * so that the lines before it are not laid out again, and as wide as the text, so that it cannot be seen.
 */
export const textStyles = {
  container: { whiteSpace: 'pre-wrap', overflowWrap: 'break-word' },
  line: { display: 'inline-block', width: '100%', verticalAlign: 'top' },
} as const

/** What a view of a growing text keeps between two renders. Rendering the same text again changes nothing. */
export function createTextView(): TextView {
  let splitter: TextSplitter = createTextSplitter()
  let seen = ''
  let generation = 0
  let hasCuts = false

  return {
    read(text) {
      if (!text.startsWith(seen)) {
        splitter = createTextSplitter()
        seen = ''
        generation++
        hasCuts = false
      }
      if (text.length > seen.length) splitter.push(text.slice(seen.length))
      seen = text
      return splitter.blocks()
    },
    generation: () => generation,
    measure(container) {
      if (splitter.openPiece().length <= MAX_PIECE) return
      let node: Node = container
      while (node.lastChild !== null) node = node.lastChild
      // Nothing is cut while the page shows another text than the splitter holds.
      if (!(node instanceof Text) || node.data !== splitter.openPiece()) return
      const offset = lastLineStart(node)
      if (offset === 0) return
      splitter.cut(offset)
      hasCuts = true
    },
    joinWhenDue(container, isStreaming, show) {
      // Only a text that grows is cut, and of those that do not, a page may show hundreds.
      if (!isStreaming && !hasCuts) return () => {}
      const join = (): void => {
        if (!hasCuts) return
        splitter.join()
        hasCuts = false
        if (!isStreaming) stop()
        show()
      }
      let width: number | undefined
      const observer = new ResizeObserver(([entry]) => {
        const now = entry?.contentRect.width
        if (width !== undefined && now !== width) join()
        width = now
      })
      observer.observe(container)
      const joinUnselected = (): void => {
        if (!isSelectedIn(container)) join()
      }
      const timer = isStreaming ? undefined : setTimeout(joinUnselected, SETTLE_MS)
      if (!isStreaming) document.addEventListener('selectionchange', joinUnselected)
      const stop = (): void => {
        observer.disconnect()
        clearTimeout(timer)
        document.removeEventListener('selectionchange', joinUnselected)
      }
      return stop
    },
  }
}

const isSelectedIn = (container: PageElement): boolean => {
  const selection = document.getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(container, true)
}

import { escapeLoneDollars } from '@chatstream/chat-kit'
import { memo, type ReactNode } from 'react'
import ReactMarkdown, { type Components, type Options } from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import rehypeKatex from 'rehype-katex'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { CodeBlock } from './code-block.js'
import { RemoteImage } from './remote-image.js'

interface MarkdownBlockProps {
  readonly text: string
  readonly isOpen: boolean
}

/** One block. HTML in it is shown as text; addresses other than http(s) and mailto are dropped. */
export const MarkdownBlockView = memo(function MarkdownBlockView({
  text,
  isOpen,
}: MarkdownBlockProps): ReactNode {
  // Colouring a long listing anew at each step costs more than it shows.
  const isLong = isOpen && text.length > 6_000
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={isLong ? withoutColours : withColours}
      components={components}
    >
      {escapeLoneDollars(text)}
    </ReactMarkdown>
  )
})

const remarkPlugins: Options['remarkPlugins'] = [remarkGfm, remarkMath]
// Formulas come from the model: no links, no HTML, no rules across the page, no endless macros.
const katex = [
  rehypeKatex,
  { trust: false, strict: 'ignore', errorColor: 'inherit', maxSize: 20, maxExpand: 200 },
] as const
const withoutColours: Options['rehypePlugins'] = [[...katex]]
const withColours: Options['rehypePlugins'] = [[...katex], [rehypeHighlight, { detect: false }]]

const components: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  img: ({ src, alt }) => <RemoteImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark: there may be many
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <div className="table" role="group" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
}

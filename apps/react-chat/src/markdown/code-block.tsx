import { isValidElement, type ReactNode, useRef } from 'react'
import { CopyButton } from '../shell/copy-button.js'

/** A listing with its language, and a button that copies it. */
export function CodeBlock({ children }: { readonly children: ReactNode }): ReactNode {
  const listing = useRef<HTMLPreElement>(null)
  return (
    <figure className="code-block">
      <figcaption>
        <span>{languageOf(children)}</span>
        <CopyButton label="Copy code" read={() => listing.current?.textContent ?? ''} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse */}
      <pre ref={listing} tabIndex={0}>
        {children}
      </pre>
    </figure>
  )
}

function languageOf(children: ReactNode): string {
  if (!isValidElement<{ className?: string }>(children)) return ''
  return /language-([\w+#-]+)/.exec(children.props.className ?? '')?.[1] ?? ''
}

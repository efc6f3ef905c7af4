import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'

interface CopyButtonProps {
  readonly label: string
  readonly read: () => string
}

export function CopyButton({ label, read }: CopyButtonProps): ReactNode {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(setIsCopied, 1500, false)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = (): void => {
    // A page that may not write to the clipboard shows that nothing was copied, by not saying so.
    navigator.clipboard?.writeText(read()).then(
      () => setIsCopied(true),
      () => {},
    )
  }
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={copy}>
      {isCopied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
      <span role="status" className="visually-hidden">
        {isCopied ? 'Copied' : ''}
      </span>
    </button>
  )
}

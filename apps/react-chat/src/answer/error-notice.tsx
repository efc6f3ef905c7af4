import { explainError, type ShownError } from '@chatstream/chat-kit'
import { RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

interface ErrorNoticeProps {
  readonly error: ShownError
  /** Has a part of the answer come? */
  readonly hasPartial: boolean
  readonly onRetry?: () => void
}

export function ErrorNotice({ error, hasPartial, onRetry }: ErrorNoticeProps): ReactNode {
  return (
    <div className="notice error" role="alert">
      <TriangleAlert aria-hidden size={17} />
      <div>
        <strong>
          {explainError(error)}
          {hasPartial && ', in mid-answer'}
        </strong>
        <p>
          {error.message}
          {error.requestId !== undefined && <small> Request {error.requestId}</small>}
        </p>
      </div>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          <RotateCw aria-hidden size={14} />
          Try again
        </button>
      )}
    </div>
  )
}

import { explainError, providerName } from '@chatstream/chat-kit'
import type { AttemptProgress } from '@chatstream/core'
import { LoaderCircle } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'

/** The attempts for one answer, as they happen. Mounted when a message is sent, and gone with its first word. */
export function AttemptLog({ attempt }: { readonly attempt: AttemptProgress | undefined }): ReactNode {
  const [log, setLog] = useState<readonly AttemptProgress[]>([])
  const latest = log.at(-1)
  if (attempt !== undefined && attempt !== latest) {
    // The state of an attempt takes the place of its former state.
    setLog([...(latest?.attempt === attempt.attempt ? log.slice(0, -1) : log), attempt])
  }
  const isWaiting = latest?.error !== undefined
  return (
    <div className="attempts">
      {log.map((progress, index) => {
        const isLast = index === log.length - 1
        if (progress.error === undefined && (progress.attempt === 1 || !isLast)) return null
        return (
          <p key={progress.attempt} className={isLast ? 'now' : undefined}>
            {progress.error === undefined ? (
              startOf(progress, log[index - 1])
            ) : (
              <FailedAttempt progress={progress} isLast={isLast} />
            )}
          </p>
        )
      })}
      {!isWaiting && (
        <p className="waiting">
          <LoaderCircle aria-hidden size={15} className="spinner" />
          <span className="shimmer">Waiting for the first word</span>
        </p>
      )}
    </div>
  )
}

const startOf = ({ endpoint }: AttemptProgress, before: AttemptProgress | undefined): string =>
  endpoint === before?.endpoint ? 'Trying again' : `Now from the ${providerName(endpoint)}`

function FailedAttempt({ progress, isLast }: { progress: AttemptProgress; isLast: boolean }): ReactNode {
  const seconds = useSecondsUntil(isLast ? progress.retryAt : undefined)
  const { error, endpoint } = progress
  return (
    <>
      {error && explainError(error)}
      {error?.status !== undefined && ` (${error.status})`} at the {providerName(endpoint)}
      {seconds > 0 && <span className="countdown">, again in {seconds} s</span>}
    </>
  )
}

/** Whole seconds that are left; counts down by itself. */
function useSecondsUntil(time: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  const left = time === undefined ? 0 : Math.max(0, Math.ceil((time - now) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setInterval(() => setNow(Date.now()), 200)
    return () => clearInterval(timer)
  }, [left])
  return left
}

import { followBottom } from '@chatstream/chat-kit'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

export interface FollowScroll {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly isFollowing: boolean
  /** Goes to the bottom, and stays there. */
  readonly follow: () => void
}

/** Keeps the bottom of a growing content in view, until the reader goes up; and again once the reader is back. */
export function useFollowScroll(): FollowScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const follower = useRef<ReturnType<typeof followBottom>>(undefined)
  const [isFollowing, setIsFollowing] = useState(true)
  useEffect(() => {
    if (scroller.current === null || content.current === null) return
    follower.current = followBottom(scroller.current, content.current, setIsFollowing)
    return follower.current.stop
  }, [])
  const follow = useCallback(() => follower.current?.follow(), [])
  return { scroller, content, isFollowing, follow }
}

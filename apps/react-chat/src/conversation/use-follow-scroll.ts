import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

export interface FollowScroll {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly isFollowing: boolean
  /** Goes to the bottom, and stays there. */
  readonly follow: () => void
}

/** How near to the bottom, in pixels, is at the bottom. */
const near = 8

/** Keeps the bottom of a growing content in view, until the reader goes up; and again once the reader is back. */
export function useFollowScroll(): FollowScroll {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const [isFollowing, setIsFollowing] = useState(true)

  const set = useCallback((value: boolean) => {
    following.current = value
    setIsFollowing(value)
  }, [])
  const toBottom = useCallback(() => {
    const box = scroller.current
    if (box !== null) box.scrollTop = box.scrollHeight
  }, [])

  useEffect(() => {
    const box = scroller.current
    if (box === null || content.current === null) return
    // It runs after layout and before paint: no frame shows the old position.
    const observer = new ResizeObserver(() => {
      if (following.current) toBottom()
    })
    observer.observe(content.current)
    observer.observe(box)
    let top = box.scrollTop
    const onScroll = (): void => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight <= near
      // Only going up is leaving: that the bottom has moved away is what the observer is for.
      if (isNear || box.scrollTop < top) set(isNear)
      top = box.scrollTop
    }
    // The wheel comes before the scrolling that it causes, which a growing text would undo at once.
    const onWheel = ({ deltaY }: WheelEvent): void => {
      if (deltaY < 0 && box.scrollTop > 0) set(false)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    box.addEventListener('wheel', onWheel, { passive: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', onScroll)
      box.removeEventListener('wheel', onWheel)
    }
  }, [set, toBottom])

  const follow = useCallback(() => {
    set(true)
    toBottom()
  }, [set, toBottom])
  return { scroller, content, isFollowing, follow }
}

export interface Follower {
  /** Goes to the bottom, and stays there. */
  readonly follow: () => void
  readonly stop: () => void
}

/** How near to the bottom, in pixels, is at the bottom. */
const near = 8

/** Keeps the bottom of a growing content in view, until the reader goes up; and again once the reader is back. */
export function followBottom(
  box: HTMLElement,
  content: HTMLElement,
  onChange: (isFollowing: boolean) => void,
): Follower {
  let isFollowing = true
  const set = (value: boolean): void => {
    isFollowing = value
    onChange(value)
  }
  const toBottom = (): void => {
    box.scrollTop = box.scrollHeight
  }
  // It runs after layout and before paint: no frame shows the old position.
  const observer = new ResizeObserver(() => {
    if (isFollowing) toBottom()
  })
  observer.observe(content)
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
  return {
    follow() {
      set(true)
      toBottom()
    },
    stop() {
      observer.disconnect()
      box.removeEventListener('scroll', onScroll)
      box.removeEventListener('wheel', onWheel)
    },
  }
}

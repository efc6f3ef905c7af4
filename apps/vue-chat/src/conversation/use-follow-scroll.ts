import { type Follower, followBottom } from '@chatstream/chat-kit'
import { onMounted, onUnmounted, type ShallowRef, shallowRef } from 'vue'

/** Keeps the bottom of a growing content in view, until the reader goes up; and again once the reader is back. */
export function useFollowScroll(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  content: Readonly<ShallowRef<HTMLElement | null>>,
): { readonly isFollowing: Readonly<ShallowRef<boolean>>; readonly follow: () => void } {
  const isFollowing = shallowRef(true)
  let follower: Follower | undefined
  onMounted(() => {
    if (scroller.value === null || content.value === null) return
    follower = followBottom(scroller.value, content.value, (value) => {
      isFollowing.value = value
    })
  })
  onUnmounted(() => follower?.stop())
  return { isFollowing, follow: () => follower?.follow() }
}

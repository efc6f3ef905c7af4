/**
 * The offset in a text node at which its last laid-out line starts; 0 if it has one line, or is not laid out.
 *
 * Asked after a frame was shown it costs no layout of its own. It looks at about twenty characters, whatever the length.
 */
export function lastLineStart(node: Text): number {
  const range = document.createRange()
  const topOf = (offset: number): number | undefined => {
    range.setStart(node, offset)
    range.setEnd(node, offset + 1)
    return [...range.getClientRects()].at(-1)?.top
  }
  // A space at the end of a line may have no box.
  let last = node.length - 1
  while (last > 0 && topOf(last) === undefined) last--
  const bottom = last < 0 ? undefined : topOf(last)
  if (bottom === undefined) return 0

  let low = 0
  let high = last
  while (low < high) {
    const middle = (low + high) >> 1
    const top = topOf(middle)
    if (top === undefined || top < bottom - 1) low = middle + 1
    else high = middle
  }
  return low
}

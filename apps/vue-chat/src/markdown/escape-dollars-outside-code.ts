import { escapeLoneDollars } from '@chatstream/chat-kit'

/** Escapes the dollars that are money, in all of a text but its listings, of which the last may still be open. */
export function escapeDollarsOutsideCode(text: string): string {
  if (!/[$\\]/.test(text)) return text
  let fence: string | undefined
  let prose = ''
  let escaped = ''
  const flush = (): void => {
    escaped += escapeLoneDollars(prose)
    prose = ''
  }
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    const isEnd = fence !== undefined && mark?.startsWith(fence) && line.trim() === mark
    if (fence === undefined && mark === undefined) {
      prose += line
      continue
    }
    flush()
    escaped += line
    fence = isEnd ? undefined : (fence ?? mark)
  }
  flush()
  return escaped
}

import type { Output } from './create-screen.js'

/** Stdout, whose text is handed to a bridge while an answer streams. */
export interface Paper extends Output {
  readonly target: NodeJS.WritableStream
  /** From now on text is gathered for whoever takes it. */
  readonly gather: () => void
  readonly take: () => string
  /** Written directly again. */
  readonly release: () => void
}

/** A terminal is written to directly: it takes all at once, and what stderr shows there is to stand in its place. */
export function createPaper(stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }): Paper {
  let gathers = false
  let gathered = ''
  const take = (): string => {
    const text = gathered
    gathered = ''
    return text
  }
  return {
    target: stdout,
    isTTY: stdout.isTTY === true,
    write(text) {
      if (gathers) gathered += text
      else stdout.write(text)
    },
    gather() {
      gathers = stdout.isTTY !== true
    },
    take,
    release() {
      gathers = false
      const rest = take()
      if (rest !== '') stdout.write(rest)
    },
  }
}

import type { ChatEvent } from '@chatstream/core'
import { stripControls } from './strip-controls.js'

/** What is used of `process.stdout` and `process.stderr`. */
export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

export interface Screen {
  readonly text: (piece: string) => void
  readonly reasoning: (piece: string) => void
  /** One line of JSON on stdout. */
  readonly json: (event: ChatEvent | { readonly type: 'error'; readonly error: unknown }) => void
  /** One line of our own on stderr, after whatever was being said. */
  readonly note: (line: string) => void
}

export interface ScreenOptions {
  readonly color: boolean
  /** Not to be shown where a server may quote it: some do so with the key that they refuse. */
  readonly secret: string
}

/** Text goes to stdout, all else to stderr. Where both are one terminal, neither begins within the other's line. */
export function createScreen(stdout: Output, stderr: Output, { color, secret }: ScreenOptions): Screen {
  const out = createWriter(stdout)
  const err = createWriter(stderr)
  const dims = color && stderr.isTTY === true
  let speaking: 'text' | 'reasoning' | 'nobody' = 'nobody'

  // What is shorter is a placeholder, and could be part of any word.
  const hide = (text: string): string => (secret.length < 8 ? text : text.replaceAll(secret, '…'))

  const turnTo = (next: typeof speaking): void => {
    if (next === speaking) return
    out.endLine()
    err.endLine()
    if (speaking !== 'nobody' && stderr.isTTY) err.write('\n')
    speaking = next
  }

  return {
    text(piece) {
      turnTo('text')
      out.write(piece)
    },
    reasoning(piece) {
      turnTo('reasoning')
      // Each piece by itself, so that the terminal is never left dim, wherever it ends.
      err.write(piece, dims ? ['\u001b[2m', '\u001b[22m'] : undefined)
    },
    json(event) {
      // What was made of a chunk is in the event; the chunk itself would say it twice.
      const { raw: _, ...fields } = event as { readonly raw?: unknown }
      const line = JSON.stringify(fields, (name, field) => (name === 'message' ? hide(String(field)) : field))
      out.write(`${line}\n`)
    },
    note(line) {
      turnTo('nobody')
      err.write(`${hide(line)}\n`)
    },
  }
}

interface Writer {
  write(piece: string, around?: readonly [before: string, after: string]): void
  endLine(): void
}

function createWriter(output: Output): Writer {
  let atLineStart = true
  let held = ''
  const writer: Writer = {
    write(piece, [before, after] = ['', '']) {
      const text = held + (output.isTTY ? stripControls(piece) : piece)
      // Half a character, as UTF-16 has it: the other half comes with the next piece.
      held = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? ''
      const shown = text.slice(0, text.length - held.length)
      if (shown === '') return
      atLineStart = shown.endsWith('\n')
      output.write(before + shown + after)
    },
    endLine() {
      if (!atLineStart) writer.write('\n')
    },
  }
  return writer
}

import { createInterface } from 'node:readline/promises'

export interface ConverseOptions {
  readonly input: NodeJS.ReadableStream
  /** Where the prompt and what is typed are shown. */
  readonly output: NodeJS.WritableStream
  /** Answers one line; resolves when the answer is over or the signal has stopped it. */
  readonly say: (line: string, signal: AbortSignal) => Promise<unknown>
}

/** Line after line, until `/exit`, Ctrl-D or Ctrl-C. While it answers, Ctrl-C stops the answer and no more. */
export async function converse({ input, output, say }: ConverseOptions): Promise<void> {
  const lines = createInterface({ input, output, prompt: '> ' })
  let answering: AbortController | undefined
  let closed = false
  const interrupt = (): void => {
    if (answering === undefined) lines.close()
    else answering.abort()
  }
  lines.once('close', () => {
    closed = true
    // The shell's prompt is not to stand behind ours.
    if (answering === undefined) output.write('\n')
  })
  // A terminal hands Ctrl-C over as a key while lines are read from it; a signal still comes from elsewhere.
  lines.on('SIGINT', interrupt)
  process.on('SIGINT', interrupt)
  try {
    lines.prompt()
    for await (const line of lines) {
      const prompt = line.trim()
      if (prompt === '/exit') break
      if (prompt !== '') {
        answering = new AbortController()
        await say(prompt, answering.signal)
        answering = undefined
      }
      if (!closed) lines.prompt()
    }
  } finally {
    process.off('SIGINT', interrupt)
    lines.close()
  }
}

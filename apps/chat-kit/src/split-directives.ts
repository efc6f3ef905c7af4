/** What a user typed, and the fault that the simulator shall show with it, which is no part of the question. */
export interface Prompt {
  readonly text: string
  readonly fault?: string
}

export function splitDirectives(prompt: string): Prompt {
  const [directive, fault] = /^\s*\[\[\s*fault\s+([^\]]*?)\s*\]\]\s*/.exec(prompt) ?? []
  return directive === undefined || fault === undefined
    ? { text: prompt }
    : { text: prompt.slice(directive.length), fault }
}

/** What a conversation is called that begins so. */
export const titleOf = (prompt: string): string =>
  splitDirectives(prompt).text.replace(/\s+/g, ' ').slice(0, 80)

import type { Message } from '@chatstream/core'

/** `user: Hello` and so on, with the state of those that are not complete. */
export const brief = (messages: readonly Message[] | undefined): readonly string[] | undefined =>
  messages?.map(({ role, state, parts }) => {
    const text = parts.map((part) => ('text' in part ? part.text : `[${part.type}]`)).join('')
    return `${role}${state === 'complete' ? '' : ` (${state})`}: ${text}`
  })

export const message = (id: string, role: Message['role'], text: string): Message => ({
  id,
  role,
  parts: [{ type: 'text', text }],
  state: 'complete',
})

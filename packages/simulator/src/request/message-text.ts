import type { RequestMessage } from './completion-request.js'

/** Reads the text of a message, whether its content is a text or an array of parts. */
export function messageText({ content }: RequestMessage): string {
  if (typeof content === 'string') return content
  return (content ?? [])
    .filter((part) => part.type === 'text')
    .map((part) => part.text ?? '')
    .join('\n')
}

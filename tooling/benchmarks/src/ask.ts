/** What every client asks; a fake fetch answers. */
export const model = 'deepseek-chat'
export const messages: readonly { readonly role: 'user'; readonly content: string }[] = [
  { role: 'user', content: 'Explain quantum computing' },
]
export const baseURL = 'http://localhost/v1'
export const apiKey = 'KEY'

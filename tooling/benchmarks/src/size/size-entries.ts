export interface SizeEntry {
  readonly name: string
  /** What an application writes. */
  readonly contents: string
  /** What it has anyway. */
  readonly external: readonly string[]
  /** In kilobytes of brotli. */
  readonly must?: number
  readonly aim?: number
}

const frameworks = ['react', 'react-dom', 'vue', '@tanstack/react-query']
const take = (names: string, from: string): string => `export { ${names} } from '${from}'`

export const sizeEntries: readonly SizeEntry[] = [
  {
    name: '**chatstream** core and the React hook, rxjs included',
    contents: `${take('createChatClient', '@chatstream/core')}\n${take('useChatStream', '@chatstream/react')}`,
    external: frameworks,
    must: 14,
    aim: 10,
  },
  {
    name: '**chatstream** the same, and `ChatText`',
    contents: `${take('createChatClient', '@chatstream/core')}\n${take('useChatStream, ChatText', '@chatstream/react')}`,
    external: frameworks,
  },
  {
    name: '**chatstream** core and the Vue composable, rxjs included',
    contents: `${take('createChatClient', '@chatstream/core')}\n${take('useChatStream', '@chatstream/vue')}`,
    external: frameworks,
  },
  {
    name: '**chatstream** core: the client, without rxjs',
    contents: take('createChatClient', '@chatstream/core'),
    external: ['rxjs'],
  },
  {
    name: '**chatstream** core: the client, rxjs included',
    contents: take('createChatClient', '@chatstream/core'),
    external: [],
  },
  {
    name: '**chatstream** core/sse: the parser alone, without rxjs',
    contents: take('parseSse', '@chatstream/core/sse'),
    external: ['rxjs'],
  },
  { name: 'eventsource-parser', contents: take('createParser', 'eventsource-parser'), external: [] },
  { name: 'openai: the client', contents: take('OpenAI', 'openai'), external: [] },
  {
    name: '@ai-sdk/react: `useChat`',
    contents: take('useChat', '@ai-sdk/react'),
    external: frameworks,
  },
  {
    name: '@ai-sdk/vue: `Chat`',
    contents: take('Chat', '@ai-sdk/vue'),
    external: frameworks,
  },
  {
    name: '@tanstack/ai-react: `useChat` and its transport',
    contents: take('useChat, fetchServerSentEvents', '@tanstack/ai-react'),
    external: frameworks,
  },
]

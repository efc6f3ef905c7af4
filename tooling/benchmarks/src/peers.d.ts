// The peers are installed when a benchmark is run, at their newest versions: here is what is used of them.

declare module 'openai' {
  interface Delta {
    readonly choices: readonly { readonly delta: { readonly content?: string | null } }[]
  }
  interface Completion {
    readonly choices: readonly { readonly message: { readonly content: string | null } }[]
  }
  export class OpenAI {
    constructor(options: { baseURL: string; apiKey: string; fetch?: () => Promise<Response> })
    readonly chat: {
      readonly completions: {
        create(request: object): Promise<AsyncIterable<Delta>>
        stream(request: object): { finalChatCompletion(): Promise<Completion> }
      }
    }
  }
}

declare module 'ai' {
  interface TextStreamPart {
    readonly type: string
    readonly text?: string
  }
  export function streamText(options: object): {
    readonly fullStream: AsyncIterable<TextStreamPart>
    readonly stream: object
  }
  export function toUIMessageStream(options: { stream: object }): object
  export function pipeUIMessageStreamToResponse(options: { response: object; stream: object }): Promise<void>
}

declare module '@ai-sdk/openai-compatible' {
  export function createOpenAICompatible(options: object): (model: string) => object
}

declare module '@tanstack/ai' {
  interface StreamChunk {
    readonly type: string
    readonly delta?: string
  }
  export function chat(options: object): AsyncIterable<StreamChunk>
}

declare module '@tanstack/ai-openai/compatible' {
  export function openaiCompatibleText(model: string, options: object): object
}

declare module 'eventsource-parser' {
  export function createParser(callbacks: { onEvent(event: { readonly data: string }): void }): {
    feed(text: string): void
  }
}

declare module 'ai' {
  export interface UIMessage {
    readonly id: string
    readonly role: 'user' | 'assistant'
    readonly parts: readonly { readonly type: 'text'; readonly text: string }[]
  }
  export class DefaultChatTransport {
    constructor(options: { api: string })
  }
}

declare module '@ai-sdk/react' {
  import type { UIMessage } from 'ai'
  export function useChat(options: object): {
    readonly messages: readonly UIMessage[]
    sendMessage(message: { text: string }): Promise<void>
  }
}

declare module '@tanstack/ai-react' {
  export interface UIMessage {
    readonly id: string
    readonly role: 'user' | 'assistant'
    readonly parts: readonly { readonly type: 'text'; readonly content: string }[]
  }
  export function fetchServerSentEvents(url: string): object
  export function useChat(options: object): {
    readonly messages: readonly UIMessage[]
    sendMessage(text: string): Promise<unknown>
  }
}

declare module '@ai-sdk/vue' {
  import type { UIMessage } from 'ai'
  export class Chat {
    constructor(options: object)
    readonly messages: readonly UIMessage[]
    sendMessage(message: { text: string }): Promise<void>
  }
}

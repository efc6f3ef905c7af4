import type { Decode } from './decode.js'

/** Whoever takes part: a name, and how to load what it needs. Each runs in a process of its own. */
interface DecodeContender {
  readonly name: string
  readonly load: () => Promise<{ readonly decode: Decode }>
  /** Is it also part of a quick run? */
  readonly isQuick?: boolean
}

/** Not a contender, but what all of them do at least: see `measure-parse.ts`. */
export const PARSE_ALONE = 'json'

export const decodeContenders: Readonly<Record<string, DecodeContender>> = {
  f1: {
    name: 'f1: split + `JSON.parse`',
    load: () => import('./contenders/f1-split.js'),
    isQuick: true,
  },
  f2: { name: 'f2: byte scanner + `JSON.parse`', load: () => import('./contenders/f2-byte-scanner.js') },
  r1: { name: 'r1: f1 in RxJS', load: () => import('./contenders/r1-rxjs.js'), isQuick: true },
  parse: {
    name: '**chatstream**: `parseSse` + `JSON.parse`',
    load: () => import('./contenders/chatstream-parse.js'),
    isQuick: true,
  },
  events: {
    name: '**chatstream**: chat events',
    load: () => import('./contenders/chatstream-events.js'),
    isQuick: true,
  },
  message: {
    name: '**chatstream**: message',
    load: () => import('./contenders/chatstream-message.js'),
    isQuick: true,
  },
  'eventsource-parser': {
    name: 'eventsource-parser + `JSON.parse`',
    load: () => import('./contenders/eventsource-parser.js'),
  },
  openai: { name: 'openai', load: () => import('./contenders/openai.js'), isQuick: true },
  'openai-message': {
    name: 'openai, `.stream()` to a message',
    load: () => import('./contenders/openai-message.js'),
  },
  ai: { name: 'ai, `streamText`', load: () => import('./contenders/ai-stream-text.js') },
  tanstack: { name: '@tanstack/ai, `chat`', load: () => import('./contenders/tanstack-chat.js') },
}

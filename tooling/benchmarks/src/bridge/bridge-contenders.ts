import type { BridgeModule } from './bridge-contender.js'

interface BridgeContender {
  readonly name: string
  /** What comes out: the text alone, or events that hold it. */
  readonly writes: 'text' | 'events' | 'ai-sdk'
  readonly load: () => Promise<BridgeModule>
  /** Does it also read a stream without an end for a reader that is slow? */
  readonly takesSlowReader?: boolean
}

export const bridgeContenders: Readonly<Record<string, BridgeContender>> = {
  naive: {
    name: 'naive: bytes, written as they come',
    writes: 'events',
    load: () => import('./contenders/naive.js'),
    takesSlowReader: true,
  },
  raw: {
    name: 'floor: bytes, `stream.pipeline`',
    writes: 'events',
    load: () => import('./contenders/raw-pipeline.js'),
    takesSlowReader: true,
  },
  decoded: {
    name: 'floor: decoded, text written, `drain` awaited',
    writes: 'text',
    load: () => import('./contenders/decoded-drain.js'),
    takesSlowReader: true,
  },
  encoded: {
    name: 'floor: decoded, events written anew, `drain` awaited',
    writes: 'events',
    load: () => import('./contenders/encoded-drain.js'),
  },
  passed: {
    name: 'floor: decoded, bytes passed on, `drain` awaited',
    writes: 'events',
    load: () => import('./contenders/passed-drain.js'),
  },
  text: {
    name: '**chatstream** `pipeToWritable`, text',
    writes: 'text',
    load: () => import('./contenders/chatstream-text.js'),
    takesSlowReader: true,
  },
  operators: {
    name: '**chatstream** `pipeToWritable`, text, after `map` and `filter`',
    writes: 'text',
    load: () => import('./contenders/chatstream-operators.js'),
    takesSlowReader: true,
  },
  sse: {
    name: '**chatstream** `pipeToWritable`, sse',
    writes: 'events',
    load: () => import('./contenders/chatstream-sse.js'),
    takesSlowReader: true,
  },
  relay: {
    name: '**chatstream** relay',
    writes: 'events',
    load: () => import('./contenders/chatstream-relay.js'),
  },
  openai: {
    name: 'openai, text, `drain` awaited',
    writes: 'text',
    load: () => import('./contenders/openai-drain.js'),
  },
  ai: {
    name: 'ai, `pipeUIMessageStreamToResponse`',
    writes: 'ai-sdk',
    load: () => import('./contenders/ai-sdk-response.js'),
  },
}

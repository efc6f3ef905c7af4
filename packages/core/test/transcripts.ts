import { COST, content, DONE, data, delta, finish } from './frames.js'

/** The whole body of an answer, and what must come of it. */
export interface Transcript {
  readonly body: string
  readonly text: string
  readonly reasoning?: string
  /** `name(arguments)` of each call. */
  readonly toolCalls?: readonly string[]
  readonly comments?: number
  readonly cost?: string
  /** How it ends: complete, or the kind of the error. */
  readonly end: string
}

const hello = { text: 'Hello, world', end: 'complete' } as const
const toolCall = (index: number, fields: object) => delta({ tool_calls: [{ index, ...fields }] })

const plain = content('Hello') + content(', world') + finish('stop') + DONE + COST

/** Answers as servers send them, one for each thing that a cut in the wrong place could break. */
export const transcripts: Readonly<Record<string, Transcript>> = {
  plain: { ...hello, body: plain, cost: '0.0012' },
  'the sample of the seed': {
    body: content('こんにちは') + content('世界') + DONE + COST,
    text: 'こんにちは世界',
    cost: '0.0012',
    end: 'complete',
  },
  CRLF: { ...hello, body: plain.replaceAll('\n', '\r\n'), cost: '0.0012' },
  'lone CR': { ...hello, body: plain.replaceAll('\n', '\r'), cost: '0.0012' },
  'line ends of all kinds': {
    ...hello,
    body: `${content('Hello').replaceAll('\n', '\r')}\n\r\n${content(', world').replaceAll('\n', '\r\n')}\r${DONE}`,
  },
  'byte order mark': { ...hello, body: `\uFEFF${plain}`, cost: '0.0012' },
  'multi-line data': {
    ...hello,
    body:
      'data: {"choices":\ndata:  [{"delta":\ndata: {"content":"Hello, world"},\ndata:"index":0}]\ndata\ndata: }\n\n' +
      DONE,
  },
  'Japanese and emoji': {
    body: content('日本語 👩‍👩‍👧') + content('🧪é') + finish('stop') + DONE + COST,
    text: '日本語 👩‍👩‍👧🧪é',
    cost: '0.0012',
    end: 'complete',
  },
  'comments everywhere': {
    ...hello,
    body: `: OPENROUTER PROCESSING\n\n:\n${content('Hello')}: keep-alive\n${data(': wrapped')}data: {"choices":[{"delta":\n: inside\ndata: {"content":", world"}}]}\n\n${DONE}: 日本\n${COST}`,
    comments: 6,
    cost: '0.0012',
  },
  'tool calls': {
    body:
      toolCall(0, { id: 'call_a', type: 'function', function: { name: 'weather', arguments: '' } }) +
      toolCall(0, { function: { arguments: '{"city":' } }) +
      toolCall(1, { id: 'call_b', type: 'function', function: { name: 'time', arguments: '{}' } }) +
      toolCall(0, { function: { arguments: '"東京"}' } }) +
      finish('tool_calls') +
      DONE,
    text: '',
    toolCalls: ['weather({"city":"東京"})', 'time({})'],
    end: 'complete',
  },
  'cost without a newline': {
    ...hello,
    body: content('Hello, world') + DONE + COST.trimEnd(),
    cost: '0.0012',
  },
  'an error frame in the middle': {
    body:
      content('Hello') +
      data({ error: { message: 'Rate limit exceeded', type: 'rate_limit_error', code: 429 } }) +
      content(', world') +
      DONE,
    text: 'Hello',
    end: 'rate-limit',
  },
  'broken JSON in the middle': {
    body: `${content('Hello')}data: {"choices"\n\n${DONE}`,
    text: 'Hello',
    end: 'malformed',
  },
  'reasoning and content': {
    body:
      delta({ role: 'assistant', content: '', reasoning_content: 'Hm' }) +
      delta({ content: null, reasoning_content: '.\n' }) +
      delta({ content: 'Hello', reasoning: ' So' }) +
      content(', world') +
      finish('stop') +
      data({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }) +
      DONE,
    text: 'Hello, world',
    reasoning: 'Hm.\n So',
    end: 'complete',
  },
  'no [DONE]': { ...hello, body: content('Hello, world') + finish('stop') },
  'no [DONE], and an event without its empty line': {
    ...hello,
    body: (content('Hello, world') + finish('stop')).trimEnd(),
  },
  'neither finish reason nor [DONE]': {
    body: content('Hello, world'),
    text: 'Hello, world',
    end: 'truncated',
  },
  'cut inside an event': {
    body: `${content('Hello')}data: {"choices":[{"delta`,
    text: 'Hello',
    end: 'truncated',
  },
  'U+2028 in JSON': {
    body: content('a\u2028b\u2029c\u0085d') + finish('stop') + DONE,
    text: 'a\u2028b\u2029c\u0085d',
    end: 'complete',
  },
  'a web page': { body: '<!doctype html>\n<title>Sign in</title>\n\n', text: '', end: 'malformed' },
  'an error in JSON': { body: '{"error":{"message":"no","code":503}}', text: '', end: 'upstream' },
  nothing: { body: '', text: '', end: 'truncated' },
}

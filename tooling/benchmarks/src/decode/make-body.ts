import { createRandom, makeTokens, type TextKind } from '../text/make-tokens.js'

export interface BodySpec {
  /** How the bytes are cut. */
  readonly chunks: '16 KiB' | 'event' | '7 B'
  /** Is the JSON around the text the same in every event, or does it carry a random field and a clock, as OpenAI's does? */
  readonly envelope: 'constant' | 'varying'
  readonly text: TextKind
  readonly events: number
}

export interface Body {
  readonly text: string
  readonly chunks: readonly Uint8Array[]
}

/** The body of a streamed completion, and the text that it says. */
export function makeBody({ chunks, envelope, text, events }: BodySpec): Body {
  const tokens = makeTokens(text, events)
  const toEvent = envelope === 'constant' ? toCompletionEvent : varying()
  const encoder = new TextEncoder()
  const pieces = tokens.map((content, position) =>
    encoder.encode(toEvent(position === 0 ? { role: 'assistant', content } : { content }, null)),
  )
  pieces.push(encoder.encode(`${toEvent({}, 'stop')}data: [DONE]\n\n`))
  return { text: tokens.join(''), chunks: chunks === 'event' ? pieces : cut(pieces, sizes[chunks]) }
}

const sizes = { '16 KiB': 16_384, '7 B': 7 }

type ToEvent = (delta: object, finishReason: string | null) => string

const write = (delta: object, finishReason: string | null, created: number, more: object): string =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-b7f0c1e2-5a4d-4f3b-9c8e-0123456789ab',
    object: 'chat.completion.chunk',
    created,
    model: 'deepseek-chat',
    service_tier: 'default',
    system_fingerprint: 'fp_3a5770e1b4_prod0425fp8',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    usage: null,
    ...more,
  })}\n\n`

/** An event of a streamed completion, of about 300 bytes. */
export const toCompletionEvent: ToEvent = (delta, finishReason) =>
  write(delta, finishReason, 1_763_800_000, { obfuscation: 'aZ81Kd' })

const varying = (): ToEvent => {
  const random = createRandom(7)
  let count = 0
  return (delta, finishReason) => {
    const length = 2 + Math.floor(random() * 9)
    const obfuscation = Array.from({ length }, () => Math.floor(random() * 36).toString(36)).join('')
    return write(delta, finishReason, 1_763_800_000 + Math.floor(count++ / 50), { obfuscation })
  }
}

function cut(pieces: readonly Uint8Array[], size: number): Uint8Array[] {
  const all = Buffer.concat(pieces)
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, position) =>
    Uint8Array.from(all.subarray(position * size, (position + 1) * size)),
  )
}

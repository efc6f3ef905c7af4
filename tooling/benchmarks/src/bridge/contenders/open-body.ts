import type { ReadableStream } from 'node:stream/web'

export async function openBody(baseURL: string): Promise<ReadableStream<Uint8Array>> {
  const { body } = await fetch(`${baseURL}/chat/completions`, { method: 'POST', body: '{}' })
  if (body === null) throw new Error('A response without a body.')
  return body as ReadableStream<Uint8Array>
}

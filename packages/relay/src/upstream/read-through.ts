type Read = () => Promise<ReadableStreamReadResult<Uint8Array>>

/**
 * The response, with a body whose bytes are those that `next` makes of it; nothing is the end. It has what core reads of a
 * response, and no more: a second stream behind the first would cost as much as all the rest of the relay.
 */
export function readThrough(
  response: Response,
  next: (read: Read) => Promise<Uint8Array | undefined>,
): Response {
  if (response.body === null) return response
  const reader = response.body.getReader()
  const body = {
    locked: false,
    getReader: () => ({
      async read() {
        const value = await next(() => reader.read())
        return { done: value === undefined, value }
      },
      cancel: () => reader.cancel(),
    }),
  }
  const { ok, status, headers } = response
  return { ok, status, headers, body } as unknown as Response
}

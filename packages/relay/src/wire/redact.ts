/** Shorter ones are words that an answer may well contain. */
const MIN_SECRET_LENGTH = 8

export interface Redactor {
  /** From now on this is never let through. */
  readonly add: (secret: string) => void
  /** The same bytes if nothing secret is in them, or a copy with stars in its place. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array
  readonly text: (text: string) => string
}

/** Takes the keys out of whatever leaves the relay, should a provider ever say one. */
export function createRedactor(): Redactor {
  const secrets = new Map<string, Buffer>()
  return {
    add(secret) {
      if (secret.length >= MIN_SECRET_LENGTH) secrets.set(secret, Buffer.from(secret))
    },
    bytes(bytes) {
      let buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      for (const secret of secrets.values()) {
        if (!buffer.includes(secret)) continue
        buffer = Buffer.from(buffer)
        for (let at = buffer.indexOf(secret); at !== -1; at = buffer.indexOf(secret, at)) {
          buffer.fill('*', at, at + secret.length)
        }
      }
      return buffer.buffer === bytes.buffer ? bytes : buffer
    },
    text(text) {
      let redacted = text
      for (const secret of secrets.keys()) redacted = redacted.replaceAll(secret, '***')
      return redacted
    },
  }
}

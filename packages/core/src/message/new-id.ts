/** A random id. `crypto.randomUUID` is missing where a page was not loaded over HTTPS. */
export const newId = (): string =>
  (globalThis.crypto as Partial<Crypto> | undefined)?.randomUUID?.() ??
  Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 10)).join('-')

/** A random id. `crypto.randomUUID` is missing where a page was not loaded over HTTPS. */
export const newId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-')

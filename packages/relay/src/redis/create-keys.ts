export interface Keys {
  /** A Redis stream: first who owns it and which instance makes it, then its bytes, and at last its end. */
  readonly stream: (id: string) => string
  /** What is to be done, a Redis stream for each instance. */
  readonly orders: (instance: string) => string
  /** There as long as the instance lives. */
  readonly life: (instance: string) => string
  /** There as long as somebody reads the stream at an instance that does not make it. */
  readonly readers: (id: string) => string
}

export const createKeys = (prefix: string): Keys => ({
  stream: (id) => `${prefix}stream:${id}`,
  orders: (instance) => `${prefix}orders:${instance}`,
  life: (instance) => `${prefix}life:${instance}`,
  readers: (id) => `${prefix}readers:${id}`,
})

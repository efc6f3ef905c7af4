import type { ShownMessage } from './harness.js'

export const textOf = (message: ShownMessage | undefined): string =>
  message?.parts.map(({ text = '' }) => text).join('') ?? ''

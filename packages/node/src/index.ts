// The bridge

export type { BridgeOptions } from './flow/bridge-options.js'
export { createJsonlFormat } from './format/create-jsonl-format.js'
export { createSseFormat, type SseFormatOptions } from './format/create-sse-format.js'
export { createTextFormat } from './format/create-text-format.js'

// What is written

export { type ErrorFrame, toErrorFrame } from './format/error-frame.js'
export type { Format } from './format/format.js'
export type { Formats } from './format/formats.js'
export { type PipeEnd, type PipeOptions, pipeToWritable } from './pipe-to-writable.js'
export { type ReadableOptions, toReadable } from './to-readable.js'

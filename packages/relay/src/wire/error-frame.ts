import { type RelayError, toEnvelope } from '../http/relay-error.js'
import type { Units } from './units.js'

const encoder = new TextEncoder()

/** The error as an event of the stream. */
export function errorFrame(error: RelayError): Units {
  const bytes = encoder.encode(`data: ${toEnvelope(error)}\n\n`)
  return { bytes, ends: [bytes.length], idsAt: [bytes.length - 1] }
}

import { type RelayError, toEnvelope } from '../http/relay-error.js'
import type { Unit } from './create-unit-splitter.js'

const encoder = new TextEncoder()

/** The error as an event of the stream. */
export function errorFrame(error: RelayError): Unit {
  const bytes = encoder.encode(`data: ${toEnvelope(error)}\n\n`)
  return { bytes, idAt: bytes.length - 1 }
}

import { addDecimals } from './add-decimals.js'
import type { Racer } from './compare-models.js'

/** What the race has shown, in sentences; nothing while it goes on. */
export function verdict(racers: readonly Racer[]): readonly string[] {
  const [one, other] = racers
  if (one === undefined || other === undefined) return []
  if (one.message.state !== 'complete' || other.message.state !== 'complete') return []
  return [
    compare(one, other, ({ firstMs }) => firstMs, 'said the first word', seconds),
    compare(one, other, ({ endMs }) => endMs, 'was done', seconds),
    cheaper(one, other),
  ].filter((sentence) => sentence !== undefined)
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s earlier`

function compare(
  one: Racer,
  other: Racer,
  read: (racer: Racer) => number | undefined,
  did: string,
  by: (difference: number) => string,
): string | undefined {
  const first = read(one)
  const second = read(other)
  if (first === undefined || second === undefined || Math.abs(first - second) < 50) return undefined
  return `${first <= second ? one.model : other.model} ${did} ${by(Math.abs(first - second))}.`
}

function cheaper(one: Racer, other: Racer): string | undefined {
  const first = one.message.cost?.cost
  const second = other.message.cost?.cost
  if (first === undefined || second === undefined || first.startsWith('-') || second.startsWith('-'))
    return undefined
  const difference = addDecimals([first, `-${second}`])
  if (difference === undefined || difference === '0') return undefined
  return difference.startsWith('-')
    ? `${one.model} cost $${difference.slice(1)} less.`
    : `${other.model} cost $${difference} less.`
}

/** The smallest piece of an event stream that may stand alone: one event, one comment, or blank lines. */
export interface Unit {
  /** As they came, the line ends included. */
  readonly bytes: Uint8Array
  /** Where in `bytes` an `id:` line may be put in: before the blank line that ends the event. Not an event: undefined. */
  readonly idAt: number | undefined
}

/** Units that follow one another: most are only handed on, so none is an object of its own. */
export interface Units {
  readonly bytes: Uint8Array
  /** Where each of them ends in `bytes`, which is the end of the last one. */
  readonly ends: readonly number[]
  /** Where in `bytes` its `id:` line may be put in; -1 if it is no event. */
  readonly idsAt: readonly number[]
}

/** One by one. */
export const listUnits = ({ bytes, ends, idsAt }: Units): Unit[] =>
  ends.map((end, at) => {
    const start = ends[at - 1] ?? 0
    const idAt = idsAt[at] ?? -1
    return { bytes: bytes.subarray(start, end), idAt: idAt === -1 ? undefined : idAt - start }
  })

/** The first of them. */
export const firstUnits = ({ bytes, ends, idsAt }: Units, count: number): Units => ({
  bytes: bytes.subarray(0, ends[count - 1] ?? 0),
  ends: ends.slice(0, count),
  idsAt: idsAt.slice(0, count),
})

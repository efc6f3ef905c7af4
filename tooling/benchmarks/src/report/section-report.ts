/** A row of "what must hold": judged by what was measured in this very run. */
export interface Verdict {
  readonly what: string
  /** Nothing, if it is only an aim. */
  readonly must?: number
  readonly aim?: number
  /** What a measured value is to be: at most (the default) or at least. */
  readonly atLeast?: boolean
  /** NaN if it could not be measured; read from JSON, that is null. */
  readonly measured: number
  readonly unit?: string
}

export interface SectionReport {
  readonly title: string
  readonly verdicts: readonly Verdict[]
  /** Tables and what they mean. */
  readonly markdown: string
  /** By file name. */
  readonly charts: Readonly<Record<string, string>>
  /** All that was measured. */
  readonly data: unknown
}

/** What the command line asks of a section. */
export interface RunOptions {
  /** Fewer contenders, fewer rounds: to see at once what a change did. */
  readonly isQuick: boolean
  /** Of contenders or cases, those whose name has one of these words. All, if there are none. */
  readonly only: readonly string[]
  readonly rounds?: number
  readonly log: (line: string) => void
}

import type { RelayReport, RelayUser } from '@chatstream/relay'
import type { Logger } from 'pino'

/** One line for each answer. What a provider says of an error is not in it: it may quote the prompt. */
export function logReport(logger: Logger, report: RelayReport, user: RelayUser): void {
  const { error, usage, cost, ...facts } = report
  const line = {
    ...facts,
    user: user.id,
    usage: usage && { prompt_tokens: usage['prompt_tokens'], completion_tokens: usage['completion_tokens'] },
    cost: cost?.cost,
    error: error && { kind: error.kind, status: error.status, code: error.code },
  }
  if (report.outcome === 'failed') logger.warn(line, 'answer')
  else logger.info(line, 'answer')
}

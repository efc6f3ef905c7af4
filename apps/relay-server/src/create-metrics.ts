import type { RelayReport } from '@chatstream/relay'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  readonly note: (report: RelayReport) => void
}

/** What Prometheus asks for. A model is named only if it is one of those allowed: any other text is the client's. */
export function createMetrics(models: readonly string[] | undefined, running: () => number): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const labelNames = ['model', 'outcome'] as const
  const answers = new Counter({
    name: 'relay_answers_total',
    help: 'Answers, by how they ended',
    labelNames,
    registers,
  })
  const tokens = new Counter({
    name: 'relay_tokens_total',
    help: 'Tokens, as the provider counts them',
    labelNames: ['model', 'direction'] as const,
    registers,
  })
  const attempts = new Counter({ name: 'relay_attempts_total', help: 'Requests to providers', registers })
  const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]
  const first = new Histogram({
    name: 'relay_first_content_seconds',
    help: 'From the request to the first piece of content',
    buckets,
    registers,
  })
  const duration = new Histogram({
    name: 'relay_answer_seconds',
    help: 'From the request to the end of the answer',
    buckets,
    registers,
  })
  new Gauge({
    name: 'relay_answers_running',
    help: 'Answers under way',
    registers,
    collect() {
      this.set(running())
    },
  })
  return {
    registry,
    note({ model: asked, outcome, usage, attempts: count, timeToFirstContentMs, durationMs }) {
      const model = models?.includes(asked) ? asked : 'other'
      answers.inc({ model, outcome })
      attempts.inc(count)
      tokens.inc({ model, direction: 'input' }, counted(usage?.['prompt_tokens']))
      tokens.inc({ model, direction: 'output' }, counted(usage?.['completion_tokens']))
      if (timeToFirstContentMs !== undefined) first.observe(timeToFirstContentMs / 1000)
      duration.observe(durationMs / 1000)
    },
  }
}

const counted = (value: unknown): number => (typeof value === 'number' && value > 0 ? value : 0)

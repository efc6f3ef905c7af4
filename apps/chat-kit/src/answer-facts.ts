import type { Message } from '@chatstream/core'
import { addDecimals } from './add-decimals.js'
import { providerName } from './provider-name.js'

export interface AnswerFact {
  readonly label: string
  readonly value: string
}

/** What is known of how an answer came about; what is not known is left out. */
export function answerFacts(message: Message): readonly AnswerFact[] {
  const { report, cost } = message
  const tokens = answerTokens(message)
  const facts: (AnswerFact | undefined)[] = [
    fact('Time to first token', seconds(report?.timeToFirstTokenMs)),
    fact('Speed', report?.tokensPerSecond && `${report.tokensPerSecond.toFixed(0)} tokens/s`),
    fact('Tokens', tokens && `${tokens.toLocaleString('en')} tokens`),
    fact('Cost', cost && `$${cost.cost}`),
    fact('Attempts', report && report.attempts > 1 && `${report.attempts} attempts`),
    fact('Provider', report?.endpoint && isSecond(report.endpoint) && providerName(report.endpoint)),
  ]
  return facts.filter((known) => known !== undefined)
}

/** Of the answer alone, as the provider counts them. */
function answerTokens({ usage, cost }: Message): number | undefined {
  const counted: unknown = usage?.completion_tokens ?? cost?.completion_tokens // servers send null, and strings, too
  return typeof counted === 'number' ? counted : undefined
}

export interface ConversationTotals {
  readonly tokens: number
  /** A decimal string; nothing if no answer has said what it cost. */
  readonly cost: string | undefined
  /** Answers that have not said what they cost. */
  readonly unknownCosts: number
}

/** What all answers of a conversation come to. */
export function conversationTotals(messages: readonly Message[]): ConversationTotals {
  const answers = messages.filter(({ role, state }) => role === 'assistant' && state !== 'streaming')
  const costs = answers.flatMap(({ cost }) => (cost === undefined ? [] : [cost.cost]))
  return {
    tokens: answers.reduce((total, message) => total + (answerTokens(message) ?? 0), 0),
    cost: addDecimals(costs),
    unknownCosts: answers.length - costs.length,
  }
}

const fact = (label: string, value: string | number | false | undefined): AnswerFact | undefined =>
  value ? { label, value: String(value) } : undefined

const seconds = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : `${(ms / 1000).toFixed(2)} s to first token`

const isSecond = (endpoint: string): boolean => providerName(endpoint) !== providerName('')

/** The text of an answer alone, for the clipboard. */
export const answerText = (message: Message): string =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')

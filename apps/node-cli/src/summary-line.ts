import type { Answer } from './print-answer.js'

/** `first token 0.31 s · 41 tokens/s · 213 tokens · $0.0012`: what is known of an answer; what is not is left out. */
export function summaryLine(answer: Answer, { stopped }: { readonly stopped: boolean }): string {
  const { message, firstTokenMs, tokensMs } = answer
  const tokens = message.usage?.completion_tokens
  const { finishReason } = message
  return [
    stopped && 'stopped',
    firstTokenMs === undefined ? 'no token' : `first token ${(firstTokenMs / 1000).toFixed(2)} s`,
    // One token less than there are: the clock starts at the first.
    tokens !== undefined && tokens > 1 && tokensMs > 0 && `${rate((tokens - 1) / tokensMs)} tokens/s`,
    tokens !== undefined && `${tokens} token${tokens === 1 ? '' : 's'}`,
    // Money is a decimal string, and is shown as it came.
    message.cost === undefined ? 'cost unknown' : `$${message.cost.cost}`,
    finishReason !== undefined && finishReason !== 'stop' && `ended by ${finishReason}`,
  ]
    .filter((part) => part !== false)
    .join(' · ')
}

const rate = (perMillisecond: number): string => {
  const perSecond = perMillisecond * 1000
  return perSecond.toFixed(perSecond < 10 ? 1 : 0)
}

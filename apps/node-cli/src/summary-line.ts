import type { Message } from '@chatstream/core'

/** `first token 0.31 s · 41 tokens/s · 213 tokens · $0.0012`: what is known of an answer; what is not is left out. */
export function summaryLine(answer: Message | undefined, { stopped }: { readonly stopped: boolean }): string {
  const { finishReason, cost, report, usage } = answer ?? {}
  const firstTokenMs = report?.timeToFirstTokenMs
  const tokens = usage?.completion_tokens
  const speed = tokens === 1 ? undefined : report?.tokensPerSecond
  return [
    stopped && 'stopped',
    firstTokenMs === undefined ? 'no token' : `first token ${(firstTokenMs / 1000).toFixed(2)} s`,
    tokens !== undefined && speed !== undefined && `${speed.toFixed(speed < 10 ? 1 : 0)} tokens/s`,
    tokens !== undefined && `${tokens} token${tokens === 1 ? '' : 's'}`,
    // Money is a decimal string, and is shown as it came.
    cost === undefined ? 'cost unknown' : `$${cost.cost}`,
    finishReason !== undefined && finishReason !== 'stop' && `ended by ${finishReason}`,
  ]
    .filter((part) => part !== false)
    .join(' · ')
}

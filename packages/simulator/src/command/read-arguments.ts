import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { SimulatorOptions } from '../start-simulator.js'
import { UsageError } from './usage-error.js'

/**
 * Reads the arguments of the command.
 *
 * @throws UsageError for an option that does not exist or has a wrong value.
 */
export function readArguments(args: readonly string[]): SimulatorOptions | 'help' {
  const values = parse(args)
  if (values.help) return 'help'
  const { 'tokens-per-second': tokensPerSecond, 'first-token-ms': firstTokenMs } = values
  return {
    port: readNumber('port', values.port, 65_535),
    host: values.host,
    tokensPerSecond:
      tokensPerSecond === undefined ? 'natural' : readNumber('tokens-per-second', tokensPerSecond),
    firstTokenMs: firstTokenMs === undefined ? 'natural' : readNumber('first-token-ms', firstTokenMs),
    jitter: readNumber('jitter', values.jitter, 1),
    seed: values.seed,
    apiKeys: values['api-key'],
    faults: values.fault?.join(', '),
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('. ')
    throw new UsageError(reason)
  }
}

function readNumber(option: string, value: string, most: number = Number.POSITIVE_INFINITY): number {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (number >= 0 && number <= most) return number
  const range = most === Number.POSITIVE_INFINITY ? 'from 0 up' : `from 0 to ${most}`
  throw new UsageError(`--${option} must be a number ${range}, not ${value}`)
}

const options = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  'tokens-per-second': { type: 'string' },
  'first-token-ms': { type: 'string' },
  jitter: { type: 'string', default: '0.4' },
  seed: { type: 'string' },
  'api-key': { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options']

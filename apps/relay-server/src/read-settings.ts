import * as v from 'valibot'

const text = v.pipe(v.string(), v.trim(), v.minLength(1))
const list = v.pipe(
  v.string(),
  v.transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  ),
)
const count = v.pipe(v.string(), v.regex(/^\d+$/, 'a whole number'), v.transform(Number))
const seconds = v.pipe(
  v.string(),
  v.regex(/^\d+(\.\d+)?$/, 'a number of seconds'),
  v.transform((value) => Number(value) * 1000),
)
const money = v.pipe(v.string(), v.regex(/^\d+(\.\d+)?$/, 'an amount such as 5.00'))
const address = v.pipe(v.string(), v.url('an address'))
const flag = v.pipe(
  v.picklist(['0', '1'], '0 or 1'),
  v.transform((value) => value === '1'),
)

const schema = v.object({
  PORT: v.optional(count, '8080'),
  METRICS_PORT: v.optional(count, '9464'),
  HOST: v.optional(text, '0.0.0.0'),
  LOG_LEVEL: v.optional(v.picklist(['silent', 'error', 'warn', 'info', 'debug']), 'info'),
  ALLTOKEN_API_KEY: v.optional(text),
  ALLTOKEN_BASE_URL: v.optional(address, 'https://api.alltoken.ai/v1'),
  FALLBACK_BASE_URL: v.optional(address),
  FALLBACK_API_KEY: v.optional(text),
  FALLBACK_MODEL: v.optional(text),
  RELAY_TOKENS: v.optional(list),
  RELAY_OPEN: v.optional(flag, '0'),
  RELAY_ORIGINS: v.optional(list),
  RELAY_MODELS: v.optional(list),
  RELAY_RETRY: v.optional(flag, '1'),
  RELAY_KEY_OWNER: v.optional(v.picklist(['relay', 'user']), 'relay'),
  RELAY_REQUESTS_PER_MINUTE: v.optional(count),
  RELAY_CONCURRENT_PER_USER: v.optional(count, '20'),
  RELAY_CONCURRENT: v.optional(count, '2000'),
  RELAY_SPENDING_LIMIT: v.optional(money),
  RELAY_RESUME: v.optional(flag, '1'),
  RELAY_KEEP_SECONDS: v.optional(seconds, '300'),
  RELAY_GRACE_SECONDS: v.optional(seconds, '60'),
  REDIS_URL: v.optional(v.pipe(text, v.regex(/^(rediss?|unix):\/\//, 'redis://… or rediss://…'))),
  SHUTDOWN_SECONDS: v.optional(seconds, '25'),
})

/** What the environment says; `README.md` has a table of it. */
export type Settings = v.InferOutput<typeof schema>

/** Throws an error whose message names each variable that is wrong, and no value: values may be secret. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  // A variable that is set to nothing is one that is not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = v.safeParse(schema, given)
  if (!result.success) {
    const wrong = result.issues.map(
      (issue) => `${v.getDotPath(issue)}: ${issue.message.replace(/ but received.*/, '')}`,
    )
    throw new Error(`These settings are wrong:\n${wrong.join('\n')}`)
  }
  if (result.output.RELAY_TOKENS === undefined && !result.output.RELAY_OPEN) {
    throw new Error('Say who may ask: RELAY_TOKENS=ann:token,bob:token, or RELAY_OPEN=1 for everybody.')
  }
  return result.output
}

/**
 * Makes up a value that fits a JSON schema: what the schema itself offers (`const`, `default`, `examples`, `enum`),
 * else something taken from the prompt.
 *
 * Knows the common keywords; a schema that it does not understand gets the prompt as a text.
 *
 * @example
 * ```ts
 * sampleValue({ type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer' } } }, 'Weather in Kyoto')
 * // { city: 'Kyoto', days: 1 }
 * ```
 */
export function sampleValue(schema: unknown, prompt: string, name = '', depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > maxDepth) return null
  const {
    const: constant,
    default: fallback,
    examples,
    enum: choices,
    anyOf,
    oneOf,
    type,
    ...rest
  } = schema as JsonSchema
  const offered = [constant, fallback, examples?.[0], choices?.[0]].find((value) => value !== undefined)
  if (offered !== undefined) return offered
  const alternative = anyOf?.[0] ?? oneOf?.[0]
  if (alternative !== undefined) return sampleValue(alternative, prompt, name, depth + 1)

  const { properties, items, minimum, format } = rest
  switch (Array.isArray(type) ? type[0] : (type ?? (properties && 'object'))) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([key, value]) => [
          key,
          sampleValue(value, prompt, key, depth + 1),
        ]),
      )
    case 'array':
      return items === undefined ? [] : [sampleValue(items, prompt, name, depth + 1)]
    case 'integer':
    case 'number':
      return Math.max(minimum ?? Number.NEGATIVE_INFINITY, Number(/\d+/.exec(prompt)?.[0] ?? 1))
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return sampleText(name, format, prompt)
  }
}

function sampleText(name: string, format: string | undefined, prompt: string): string {
  if (format === 'date') return '2025-01-01'
  if (format === 'date-time') return '2025-01-01T00:00:00Z'
  if (!/city|location|place|town/i.test(name)) return prompt
  const [, japaneseOrChinese] = /(\p{Script=Han}{2,}?)(?:の|的|市|天気|天气)/u.exec(prompt) ?? []
  const [, english] = /\bin ([A-Z]\w+)/.exec(prompt) ?? []
  return english ?? japaneseOrChinese ?? 'Tokyo'
}

interface JsonSchema {
  const?: unknown
  default?: unknown
  examples?: readonly unknown[]
  enum?: readonly unknown[]
  anyOf?: readonly unknown[]
  oneOf?: readonly unknown[]
  type?: string | readonly string[]
  properties?: Readonly<Record<string, unknown>>
  items?: unknown
  minimum?: number
  format?: string
}

/** A schema may contain itself. */
const maxDepth = 8

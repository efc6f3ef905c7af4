// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const core = join(import.meta.dirname, '../../packages/core/src')
const page = readFileSync(join(import.meta.dirname, '../errors.md'), 'utf8')
const read = (file: string): string => readFileSync(join(core, file), 'utf8')

const kinds = [
  ...(/ChatStreamErrorKind =([\s\S]*?)\n\n/.exec(read('errors/chat-stream-error.ts'))?.[1] ?? '').matchAll(
    /'(.+)'/g,
  ),
].map(([, kind]) => kind)
/** The words by which a provider's name stands for a status, as `/a|b/, 400`. */
const statuses = [...read('errors/provider-error.ts').matchAll(/\[\/([\w|]+)\/, (\d+)\]/g)].map(
  ([, words = '', status]) => ({ words: words.split('|'), status }),
)

/** Every sentence in the sources of core, without its variable parts: what can be in a message. */
const sentences = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => {
    const code = read(file)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '')
    return [...code.matchAll(/'([^'\n]*)'|`([^`]*)`/g)].map(([, text, template]) => text ?? template ?? '')
  })
  .filter((text) => /\w \w+ \w/.test(text))
  .map((text) =>
    text
      .split(/\$\{(?:[^{}]|\{[^}]*\})*\}/)
      .map((piece) => piece.trim())
      .filter((piece) => /\w \w/.test(piece)),
  )

const relay = join(import.meta.dirname, '../../packages/relay/src')
const relayCodes = readdirSync(relay, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => [
    ...readFileSync(join(relay, file), 'utf8').matchAll(/RelayError\(\s*(\d+),\s*'(\w+)'/g),
  ])

describe('the page on errors', () => {
  it('has a section for every kind', () => {
    expect(kinds).toHaveLength(10)
    const sections = [...page.matchAll(/^## `(.+)`$/gm)].map(([, kind]) => kind)
    expect(sections.toSorted()).toEqual(kinds.toSorted())
  })

  it('says of every kind its cause, whether it is retried, and what to do', () => {
    for (const section of page.split(/^## /m).filter((text) => text.startsWith('`'))) {
      expect(section).toMatch(/\*\*Cause\.\*\*[\s\S]+\*\*Retried\?\*\*[\s\S]+\*\*What to do\.\*\*/)
    }
  })

  it('lists every word that stands for a status', () => {
    expect(statuses.length).toBeGreaterThan(5)
    for (const { words, status } of statuses) {
      const listed = words.map((word) => `\`${word}\``).join(', ')
      expect(page).toMatch(new RegExp(`\\| ${listed} +\\|[^|]+\\| ${status} `))
    }
  })

  it('lists every code of the relay, with its status', () => {
    expect(relayCodes.length).toBeGreaterThan(20)
    for (const [, status, code] of relayCodes) {
      expect(page).toMatch(new RegExp(`\\| ${status} +\\| [^|]*\`${code}\``))
    }
  })

  it.each(sentences)('quotes every message: %s', (...pieces) => {
    for (const piece of pieces) expect(page).toContain(piece)
  })
})

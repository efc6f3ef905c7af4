import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { faultTable } from '../src/faults/fault-table.js'
import { models } from '../src/model/models.js'

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
const rows = [...readme.matchAll(/^\| `([\w-]+)` *\|([^|]*)\|/gm)].map(([, name = '', cell = '']) => ({
  name,
  cell,
}))

test('the README lists the faults, in their order, with their parameters', () => {
  const listed = rows.filter(({ name }) => name in faultTable)
  expect(listed.map(({ name }) => name)).toEqual(Object.keys(faultTable))
  for (const { name, cell } of listed) {
    const outsideParentheses = cell.replace(/\([^)]*\)/g, '')
    const parameters = [...outsideParentheses.matchAll(/`([\w-]+)`/g)].map(([, parameter]) => parameter)
    expect({ name, parameters }).toEqual({ name, parameters: faultTable[name]?.parameters })
  }
})

test('the README lists the models with their prices', () => {
  for (const { id, inputPrice, outputPrice, tokensPerSecond, firstTokenMs } of models) {
    const speed = `${tokensPerSecond} tokens/s after ${firstTokenMs} ms`
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}\``))
    const cells = row?.split('|').map((cell) => cell.trim())
    expect(cells?.slice(3, 6)).toEqual([inputPrice, outputPrice, speed])
  }
})

import { expect, test } from 'vitest'
import { sampleValue } from './sample-value.js'

test('makes up a value for each kind of schema', () => {
  const schema = {
    type: 'object',
    properties: {
      city: { type: 'string' },
      unit: { enum: ['celsius', 'fahrenheit'] },
      days: { type: 'integer', minimum: 2 },
      from: { type: 'string', format: 'date' },
      tags: { type: 'array', items: { type: 'string' } },
      alerts: { type: ['boolean', 'null'] },
      source: { anyOf: [{ const: 'radar' }, { type: 'null' }] },
      limit: { type: 'number', default: 10 },
    },
  }
  expect(sampleValue(schema, 'Weather in Kyoto')).toEqual({
    city: 'Kyoto',
    unit: 'celsius',
    days: 2,
    from: '2025-01-01',
    tags: ['Weather in Kyoto'],
    alerts: true,
    source: 'radar',
    limit: 10,
  })
})

test('ends, even for a schema that contains itself', () => {
  const schema: Record<string, unknown> = { type: 'object' }
  schema['properties'] = { child: schema }
  expect(JSON.stringify(sampleValue(schema, ''))).toContain('null')
})

import { expect, test } from 'vitest'
import { readPrompt } from './prompt.js'

test('takes the directives off the last user message', () => {
  const messages = [
    { role: 'user', content: '[[fault crlf]] first' },
    { role: 'assistant', content: '[[fault bom]]' },
    { role: 'user', content: ' [[fault stall after=5, cut]] [[tokens 100]]\nHello [[fault html]]' },
    { role: 'assistant', content: 'Hi' },
  ] as const
  expect(readPrompt(messages)).toEqual({
    text: 'Hello [[fault html]]',
    faults: ['stall after=5, cut'],
    tokens: 100,
  })
})

test('reads a message of parts', () => {
  const content = [
    { type: 'text', text: '[[tokens 7]] one' },
    { type: 'image_url' },
    { type: 'text', text: 'two' },
  ]
  expect(readPrompt([{ role: 'user', content }])).toEqual({ text: 'one\ntwo', faults: [], tokens: 7 })
})

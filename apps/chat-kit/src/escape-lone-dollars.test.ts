import { describe, expect, it } from 'vitest'
import { escapeLoneDollars } from './escape-lone-dollars.js'

describe('escapeLoneDollars', () => {
  it.each([
    ['It costs $5 and $6.', 'It costs \\$5 and \\$6.'],
    ['cost $5 and $x', 'cost \\$5 and \\$x'],
    ['with $n$ qubits there are $2^n$ of them', 'with $n$ qubits there are $2^n$ of them'],
    ['$$a + b$$', '$$a + b$$'],
    ['inline \\(a^2\\) and \\[b\\]', 'inline $a^2$ and $$b$$'],
    ['`$5` and `$x$`', '`$5` and `$x$`'],
    ['already \\$5', 'already \\$5'],
    ['```sh\necho $HOME $PATH\n```', '```sh\necho $HOME $PATH\n```'],
  ])('makes %j %j', (text, expected) => {
    expect(escapeLoneDollars(text)).toBe(expected)
  })
})

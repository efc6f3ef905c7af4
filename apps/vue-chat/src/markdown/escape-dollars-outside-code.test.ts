import { expect, it } from 'vitest'
import { escapeDollarsOutsideCode } from './escape-dollars-outside-code.js'

it('leaves listings alone, finished or not, and escapes the money around them', () => {
  const text = 'It is $5.\n\n```sh\necho $HOME\n~~~\n```\n\nNow $6 or $x$.\n\n~~~\ncost $7'
  expect(escapeDollarsOutsideCode(text)).toBe(
    'It is \\$5.\n\n```sh\necho $HOME\n~~~\n```\n\nNow \\$6 or $x$.\n\n~~~\ncost $7',
  )
})

import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/cut-bytes.js'
import { createBodyHead } from './body-head.js'

describe('createBodyHead', () => {
  it('keeps the first bytes, and no more', () => {
    const head = createBodyHead(5)
    expect(head.text()).toBe('')
    for (const piece of ['ab', '', 'cd']) head.add(bytesOf(piece))
    expect(head.isFull()).toBe(false)
    head.add(bytesOf('efgh'))
    head.add(bytesOf('ij'))
    expect(head.text()).toBe('abcde')
    expect(head.isFull()).toBe(true)
  })

  it('takes what is as large as its room', () => {
    const head = createBodyHead(3)
    head.add(bytesOf('abc'))
    expect([head.text(), head.isFull()]).toEqual(['abc', true])
  })

  it('reads characters that came in two pieces', () => {
    const head = createBodyHead(10)
    const bytes = bytesOf('日')
    head.add(bytes.subarray(0, 1))
    head.add(bytes.subarray(1))
    expect(head.text()).toBe('日')
  })
})

import { describe, expect, it } from 'vitest'
import { createScreen } from './create-screen.js'

/** Outputs that keep what is written, in the order in which a terminal that is both would show it. */
function open({ isTTY = false, color = false, secret = '' } = {}) {
  const shown = { out: '', err: '', both: '' }
  const output = (name: 'out' | 'err') => ({
    isTTY,
    write(text: string) {
      shown[name] += text
      shown.both += text
    },
  })
  return { shown, screen: createScreen(output('out'), output('err'), { color, secret }) }
}

describe('createScreen', () => {
  it('begins neither the answer nor the closing line within a line of the other', () => {
    const { shown, screen } = open({ isTTY: true })
    screen.note('Hello')
    screen.reasoning('Let me ')
    screen.reasoning('think')
    screen.text('The ')
    screen.text('answer')
    screen.note('The end')
    expect(shown.both).toBe('Hello\nLet me think\n\nThe answer\n\nThe end\n')
  })

  it('adds nothing to piped text but a missing last line break', () => {
    const { shown, screen } = open()
    screen.reasoning('Hm')
    screen.text('One\r\n\u001b[1mTwo')
    screen.note('The end')
    expect(shown.out).toBe('One\r\n\u001b[1mTwo\n')
    expect(shown.err).toBe('Hm\nThe end\n')
  })

  it('dims each piece of reasoning by itself, on a terminal only', () => {
    const terminal = open({ isTTY: true, color: true })
    terminal.screen.reasoning('a')
    terminal.screen.reasoning('b')
    expect(terminal.shown.err).toBe('\u001b[2ma\u001b[22m\u001b[2mb\u001b[22m')
    const file = open({ color: true })
    file.screen.reasoning('a')
    expect(file.shown.err).toBe('a')
  })

  it('keeps control characters from a terminal, in text, reasoning and JSON', () => {
    const { shown, screen } = open({ isTTY: true })
    screen.text('\u001b]52;c;aGk=\u0007\tkept\n')
    screen.json({ type: 'comment', comment: '\u009b2J' })
    screen.reasoning('\u0000\u007f\u009bx')
    expect(shown.out).toBe(']52;c;aGk=\tkept\n{"type":"comment","comment":"2J"}\n')
    expect(shown.err).toBe('\nx')
  })

  it('puts a character together that came in two pieces', () => {
    const { shown, screen } = open()
    screen.text('\uD83D')
    screen.text('\uDE00')
    screen.text('!')
    expect(shown.out).toBe('😀!')
  })

  it('hides the key where a server quotes it, in a line and in an error of JSON', () => {
    const { shown, screen } = open({ secret: 'sk-12345678' })
    screen.note('Incorrect key: sk-12345678')
    screen.json({ type: 'error', error: { message: 'Incorrect key: sk-12345678' } })
    expect(shown.both).not.toContain('sk-12345678')
    expect(shown.out.trimEnd()).toBe('{"type":"error","error":{"message":"Incorrect key: …"}}')
  })

  it('leaves a placeholder alone, which could be part of any word', () => {
    const { shown, screen } = open({ secret: 'any' })
    screen.note('Any company')
    expect(shown.err).toBe('Any company\n')
  })
})

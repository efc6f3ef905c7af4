import { act, cleanup, render } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { ChatText } from './chat-text.js'

afterEach(cleanup)

const paragraph = (length: number): string => 'word '.repeat(length / 5)

/** What a reader would copy: block elements are lines of their own. */
const linesOf = (container: Element): string =>
  [...container.querySelectorAll(':scope > div > div > div')].map((block) => block.textContent).join('\n')

describe('ChatText', () => {
  it('shows the text, to the letter, on a server too', () => {
    const text = `${paragraph(600)}\n\n日本語 🌍\n<b>no markup</b>`
    expect(linesOf(render(<ChatText text={text} />).container)).toBe(text)
    expect(renderToString(<ChatText text="<b>" />)).toContain('&lt;b&gt;')
  })

  it('keeps the elements of what is frozen while the text grows', () => {
    const { container, rerender } = render(<ChatText text={`${paragraph(600)}\n`} isStreaming />)
    const first = container.querySelector('div > div > div > div')
    rerender(<ChatText text={`${paragraph(600)}\nmore`} isStreaming />)
    expect(container.querySelector('div > div > div > div')).toBe(first)
    expect(linesOf(container)).toBe(`${paragraph(600)}\nmore`)
  })

  it('shows another text anew', () => {
    const { container, rerender } = render(<ChatText text="one" isStreaming />)
    rerender(<ChatText text="two" isStreaming />)
    expect(container.textContent).toBe('two')
  })

  it('takes attributes and styles of the element', () => {
    const { container } = render(<ChatText text="x" className="answer" lang="ja" style={{ color: 'red' }} />)
    const element = container.firstElementChild as HTMLElement
    expect([element.className, element.lang, element.style.color]).toEqual(['answer', 'ja', 'red'])
    expect(element.style.whiteSpace).toBe('pre-wrap')
  })

  it('leaves nothing behind when it goes', () => {
    const { container, unmount } = render(<ChatText text="x" isStreaming />)
    act(() => unmount())
    expect(container.textContent).toBe('')
  })
})

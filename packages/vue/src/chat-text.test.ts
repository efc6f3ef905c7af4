import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createSSRApp, nextTick } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { ChatText } from './chat-text.js'

const paragraph = (length: number): string => 'word '.repeat(length / 5)

/** What a reader would copy: block elements are lines of their own. */
const linesOf = (container: Element): string =>
  [...container.querySelectorAll(':scope > div > div')].map((block) => block.textContent).join('\n')

describe('ChatText', () => {
  it('shows the text, to the letter, on a server too', async () => {
    const text = `${paragraph(600)}\n\n日本語 🌍\n<b>no markup</b>`
    expect(linesOf(mount(ChatText, { props: { text } }).element)).toBe(text)
    expect(await renderToString(createSSRApp(ChatText, { text: '<b>' }))).toContain('&lt;b&gt;')
  })

  it('keeps the elements of what is frozen while the text grows', async () => {
    const page = mount(ChatText, { props: { text: `${paragraph(600)}\n`, isStreaming: true } })
    const first = page.element.querySelector('div > div')
    await page.setProps({ text: `${paragraph(600)}\nmore` })
    expect(page.element.querySelector('div > div')).toBe(first)
    expect(linesOf(page.element)).toBe(`${paragraph(600)}\nmore`)
  })

  it('shows another text anew', async () => {
    const page = mount(ChatText, { props: { text: 'one', isStreaming: true } })
    const first = page.element.querySelector('div > div')
    await page.setProps({ text: 'two' })
    expect(page.text()).toBe('two')
    expect(page.element.querySelector('div > div')).not.toBe(first)
  })

  it('takes attributes and styles of the element', () => {
    const attrs = { class: 'answer', lang: 'ja', style: { color: 'red' } }
    const element = mount(ChatText, { props: { text: 'x' }, attrs }).element as HTMLElement
    expect([element.className, element.lang, element.style.color]).toEqual(['answer', 'ja', 'red'])
    expect(element.style.whiteSpace).toBe('pre-wrap')
  })

  it('watches its element while the text grows, until it goes', async () => {
    const { ResizeObserver } = globalThis
    const watched = new Set<object>()
    globalThis.ResizeObserver = class {
      observe = (): void => void watched.add(this)
      unobserve = (): void => {}
      disconnect = (): void => void watched.delete(this)
    }
    try {
      const page = mount(ChatText, { props: { text: 'x' } })
      await nextTick()
      expect(watched.size).toBe(0)
      await page.setProps({ isStreaming: true })
      expect(watched.size).toBe(1)
      await page.setProps({ isStreaming: false })
      expect(watched.size).toBe(0)
      await page.setProps({ isStreaming: true })
      page.unmount()
      expect(watched.size).toBe(0)
    } finally {
      globalThis.ResizeObserver = ResizeObserver
    }
  })
})

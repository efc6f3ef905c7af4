import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** Frames by hand, and a clock that only moves when something is shown. */
let frames: (() => void)[] = []
let now = 0

/** Runs what waits for the frame, and all that follows from it. */
const frame = async (): Promise<void> => {
  for (const step of frames.splice(0)) step()
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

/** Anew for each test: what a page has learnt about its speed belongs to the page. */
const load = async () => (await import('./create-catch-up.js')).createCatchUp

beforeEach(() => {
  frames = []
  now = 0
  vi.resetModules()
  vi.stubGlobal('requestAnimationFrame', (step: () => void) => frames.push(step))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('createCatchUp', () => {
  it('shows a short text in the next frame, and what is added in the one after it', async () => {
    const createCatchUp = await load()
    const shown: number[] = []
    const { read } = createCatchUp((length) => void shown.push(length))
    read('Hello')
    expect(shown).toEqual([])
    await frame()
    read('Hello, world')
    await frame()
    expect(shown).toEqual([5, 12])
    await frame()
    expect(frames).toEqual([])
  })

  it('shows more at once where it is cheap, and less where it is dear', async () => {
    const createCatchUp = await load()
    const shown: number[] = []
    let msPerCharacter = 0.001
    let last = 0
    const { read } = createCatchUp((length) => {
      now += (length - last) * msPerCharacter
      last = length
      shown.push(length)
    })
    read('x'.repeat(10_000))
    await frame()
    await frame()
    expect(shown).toEqual([1000, 3000])
    msPerCharacter = 1
    await frame()
    await frame()
    await frame()
    expect(shown.slice(2)).toEqual([7000, 9000, 10_000])
  })

  it('leaves to the next frame what another text has left no time for', async () => {
    const createCatchUp = await load()
    const shown: string[] = []
    const show = (name: string) => (length: number) => {
      now += 20
      shown.push(`${name}${length}`)
    }
    createCatchUp(show('a')).read('aaa')
    createCatchUp(show('b')).read('bb')
    await frame()
    expect(shown).toEqual(['a3'])
    await frame()
    expect(shown).toEqual(['a3', 'b2'])
  })

  it('shows another text from its start', async () => {
    const createCatchUp = await load()
    const shown: number[] = []
    const { read } = createCatchUp((length) => void shown.push(length))
    read('one two')
    await frame()
    read('two')
    await frame()
    expect(shown).toEqual([7, 3])
  })

  it('shows nothing more once it has ended', async () => {
    const createCatchUp = await load()
    const shown: number[] = []
    const { read, end } = createCatchUp((length) => void shown.push(length))
    read('x'.repeat(3000))
    await frame()
    end()
    await frame()
    expect(shown).toEqual([1000])
    expect(frames).toEqual([])
  })
})

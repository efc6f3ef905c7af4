import type { Browser, CDPSession, Page } from 'playwright'
import { makeTokens, type TextKind } from '../text/make-tokens.js'
import { answerEvents } from '../ui/answer-events.js'
import type { PageBench, PageResult, PageTask } from '../ui/page.js'
import { uiContenders } from '../ui/ui-contenders.js'
import type { AnswerServer } from './serve-answers.js'

export interface Scene {
  readonly contender: string
  readonly kind: TextKind
  readonly tokens: number
  /** `Infinity` for as fast as it goes. */
  readonly perSecond: number
  readonly history?: number
  readonly isFollowing?: boolean
  /** How many times slower the processor is made to be. */
  readonly slowdown?: number
  /** Also look when so many tokens have come. */
  readonly marks?: readonly number[]
  /** Send the page to the background when a quarter has come, for so long. */
  readonly hiddenMs?: number
  /** Copy the answer when half of it has come, too. */
  readonly copiesMidway?: boolean
}

/** What the main thread did, in milliseconds. */
interface MainThread {
  /** Time on the processor in tasks of any kind. */
  readonly cpu: number
  readonly task: number
  readonly layout: number
}

export interface Measured extends MainThread {
  readonly scene: Scene
  readonly page: Omit<PageResult, 'text'>
  /** Until a mark was reached. */
  readonly until: Readonly<Record<number, MainThread>>
  /** What a reader copied that is not the source, to the letter: in the middle of the answer, or at its end. */
  readonly badCopies: readonly string[]
  readonly hidden?: {
    readonly commitsPerSecond: number
    /** Until all that had come by then was shown. */
    readonly msToShow: number
  }
}

declare const bench: PageBench

/** Opens a page of its own for the scene, plays it, and throws if the text is not the one that was sent. */
export async function measurePage(
  browser: Browser,
  server: AnswerServer,
  script: string,
  scene: Scene,
): Promise<Measured> {
  const { contender, kind, tokens: count, perSecond, history = 0, slowdown = 1, marks = [] } = scene
  const protocol = uiContenders[contender]?.protocol ?? 'openai'
  const tokens = makeTokens(kind, count)
  const source = tokens.join('')
  const context = await browser.newContext({ viewport: { width: 1000, height: 760 } })
  try {
    const page = await context.newPage()
    const pending: Promise<void>[] = []
    const readings: Record<number, MainThread> = {}
    let midway = ''
    let sentCount = 0
    let hidden: Measured['hidden']
    const warmUpUrl = server.addAnswer({
      events: answerEvents(protocol, makeTokens(kind, 300)),
      perSecond: Number.POSITIVE_INFINITY,
    })
    const url = server.addAnswer({
      events: answerEvents(protocol, tokens),
      perSecond,
      onSent(sent) {
        sentCount = sent
        if (scene.hiddenMs !== undefined && sent === count >> 2) pending.push(hide(scene.hiddenMs))
        if (marks.includes(sent) && sent < count) pending.push(keepReading(sent))
        if (scene.copiesMidway && sent === count >> 1) pending.push(copyMidway())
      },
    })
    await page.goto(server.addPage(script))
    const task: PageTask = {
      url,
      warmUpUrl,
      isFollowing: scene.isFollowing ?? false,
      canHide: scene.hiddenMs !== undefined,
      history: said(history),
    }
    await page.evaluate((task) => bench.prepare(task), task)
    if (slowdown > 1) {
      const session = await context.newCDPSession(page)
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    }
    const read = await openMeter(page)
    const keepReading = async (mark: number): Promise<void> => {
      readings[mark] = await read()
    }
    const copyMidway = async (): Promise<void> => {
      midway = await page.evaluate(() => bench.copy())
    }
    const hide = async (ms: number): Promise<void> => {
      const start = performance.now()
      const commits = await page.evaluate(() => bench.hide())
      await new Promise((resolve) => setTimeout(resolve, ms))
      const seconds = (performance.now() - start) / 1000
      const characters = tokens.slice(0, sentCount).join('').length
      const shown = await page.evaluate((characters) => bench.show(characters), characters)
      hidden = { commitsPerSecond: (shown.commits - commits) / seconds, msToShow: shown.ms }
    }
    const before = await read()
    const result = await page.evaluate(() => bench.run())
    const after = await read()
    await Promise.all(pending)
    const copied = await page.evaluate(() => bench.copy())
    if (result.text !== source) {
      throw new Error(
        `${contender} has another text: ${result.text.length} characters, not ${source.length}.`,
      )
    }
    const { text: _, ...rest } = result
    const since = (reading: MainThread): MainThread => ({
      cpu: reading.cpu - before.cpu,
      task: reading.task - before.task,
      layout: reading.layout - before.layout,
    })
    return {
      scene,
      ...(hidden !== undefined && { hidden }),
      ...since(after),
      page: rest,
      until: Object.fromEntries(Object.entries(readings).map(([mark, reading]) => [mark, since(reading)])),
      badCopies: [
        ...(copied === source ? [] : [difference(copied, source)]),
        ...(source.startsWith(midway) ? [] : [difference(midway, source)]),
        ...(scene.copiesMidway && midway === '' ? ['Nothing was copied.'] : []),
      ],
    }
  } finally {
    await context.close()
  }
}

/** A session for time on the processor, and one for time by the clock: a session has but one kind. */
async function openMeter(page: Page): Promise<() => Promise<MainThread>> {
  const sessions: CDPSession[] = []
  for (const timeDomain of ['threadTicks', 'timeTicks'] as const) {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain })
    sessions.push(session)
  }
  return async () => {
    const [thread, clock] = await Promise.all(
      sessions.map(async (session) => {
        const { metrics } = await session.send('Performance.getMetrics')
        return new Map(metrics.map(({ name, value }) => [name, value * 1000]))
      }),
    )
    return {
      cpu: thread?.get('TaskDuration') ?? Number.NaN,
      task: clock?.get('TaskDuration') ?? Number.NaN,
      layout: clock?.get('LayoutDuration') ?? Number.NaN,
    }
  }
}

/** Questions of ten tokens and answers of a hundred and fifty. */
const said = (count: number): string[] =>
  Array.from({ length: count }, (_, position) => makeTokens('lines', position % 2 === 0 ? 10 : 150).join(''))

function difference(copied: string, source: string): string {
  let same = 0
  while (same < copied.length && copied[same] === source[same]) same++
  const around = (text: string): string => JSON.stringify(text.slice(Math.max(0, same - 10), same + 10))
  return `At ${same} of ${copied.length}: ${around(copied)}, not ${around(source)}.`
}

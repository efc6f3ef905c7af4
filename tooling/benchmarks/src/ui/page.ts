// Runs inside the page: shows one contender, and counts what can be seen.
import { makeHideable } from './hideable.js'
import type { Mount, Mounted } from './ui-contender.js'

export interface PageTask {
  readonly url: string
  /** A short answer, read once before: what the first one costs is not what is asked. */
  readonly warmUpUrl: string
  readonly history: readonly string[]
  /** Keep the end of the answer in view, as a chat does. */
  readonly isFollowing: boolean
  /** Shall the page be sent to the background? */
  readonly canHide: boolean
}

export interface PageResult {
  readonly text: string
  /** Between the question and the end of the answer; in milliseconds. */
  readonly wallMs: number
  readonly frames: number
  readonly droppedFrames: number
  /** The longest tasks, above 50 ms each. */
  readonly longTasks: readonly number[]
  /** When the answer was committed, in milliseconds since the page was opened. */
  readonly commits: readonly number[]
}

export interface PageBench {
  readonly prepare: (task: PageTask) => Promise<void>
  readonly run: () => Promise<PageResult>
  /** The answer as a reader would copy it. */
  readonly copy: () => string
  /** Sends the page to the background; gives how often the answer has been committed. */
  readonly hide: () => number
  /** Fetches it back: how often it has been committed by then, and how long it takes until so many characters are shown. */
  readonly show: (characters: number) => Promise<{ readonly commits: number; readonly ms: number }>
}

const FRAME_MS = 1000 / 60

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

export function createPageBench(mount: Mount): PageBench {
  let mounted: Mounted | undefined
  let commits: number[] = []
  let hideable: ReturnType<typeof makeHideable> | undefined
  const container = (): HTMLElement => document.querySelector('#content') as HTMLElement
  const open = ({ history }: PageTask, url: string): Mounted =>
    mount(container(), {
      url,
      history,
      onCommit() {
        commits.push(performance.now())
      },
    })
  const copy = (): string => {
    const answer = [...document.querySelectorAll('[data-answer]')].at(-1)
    const selection = getSelection()
    if (answer === undefined || selection === null) return ''
    selection.selectAllChildren(answer)
    const copied = selection.toString()
    selection.removeAllRanges()
    return copied
  }

  return {
    copy,
    hide() {
      hideable?.hide()
      return commits.length
    },
    async show(characters) {
      const count = commits.length
      const start = performance.now()
      hideable?.show()
      while ((mounted?.text().length ?? 0) < characters) await nextFrame()
      return { commits: count, ms: performance.now() - start }
    },
    async prepare(task) {
      await document.fonts.load('16px Japanese', 'あ')
      if (task.canHide) hideable = makeHideable()
      const warm = open({ ...task, history: [] }, task.warmUpUrl)
      await nextFrame()
      await warm.send()
      warm.unmount()
      await nextFrame()
      mounted = open(task, task.url)
      if (task.isFollowing) follow(container())
      await nextFrame()
      await nextFrame()
    },
    async run() {
      const { send, text } = mounted as Mounted
      commits = []
      const longTasks: number[] = []
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration))
      })
      observer.observe({ type: 'longtask' })
      let frames = 0
      let droppedFrames = 0
      let last = await nextFrame()
      let isRunning = true
      const count = (now: number): void => {
        frames++
        droppedFrames += Math.max(0, Math.round((now - last) / FRAME_MS) - 1)
        last = now
        if (isRunning) requestAnimationFrame(count)
      }
      requestAnimationFrame(count)
      const start = performance.now()
      await send()
      const wallMs = performance.now() - start
      isRunning = false
      // Who publishes only now and then may not have published the end.
      for (let frame = 0; frame < 6; frame++) await nextFrame()
      observer.disconnect()
      return { text: text(), wallMs, frames, droppedFrames, longTasks, commits }
    },
  }
}

/** Scrolls along after the layout of a frame and before it is painted. */
function follow(content: HTMLElement): void {
  const scroller = content.parentElement as HTMLElement
  new ResizeObserver(() => {
    scroller.scrollTop = scroller.scrollHeight
  }).observe(content)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Starts it as a terminal does: in a process group of its own. */
const start = (): { readonly child: ChildProcess; readonly address: Promise<string> } => {
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    if (isAnyLeft(child)) process.kill(-(child.pid ?? Number.NaN), 'SIGKILL')
  })
  let output = ''
  const address = new Promise<string>((resolve, reject) => {
    const read = (piece: Buffer): void => {
      output += piece
      const found = /The chat in React is at (\S+)/.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(output)))
  })
  return { child, address }
}

const isAnyLeft = ({ pid = Number.NaN }: ChildProcess): boolean => {
  try {
    return process.kill(-pid, 0)
  } catch {
    return false
  }
}

it('npm start serves the chat, with a simulator behind it, and Ctrl-C ends all of it in mid-answer', async () => {
  const { child, address } = start()
  const url = await address
  const page = await (await fetch(url)).text()
  expect(page).toContain('<div id="root">')
  const answer = await fetch(new URL('/v1/chat/completions', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'deepseek-chat',
      stream: true,
      messages: [{ role: 'user', content: '[[fault stall after=2]] Hello' }],
    }),
  })
  expect(answer.status).toBe(200)
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toContain('data: {')
  const rest = (async () => {
    while (!(await reader.read()).done);
  })().catch(() => 'broken off')

  const exited = once(child, 'exit')
  process.kill(-(child.pid as number), 'SIGINT')
  await exited
  await rest
  await vi.waitFor(() => expect(isAnyLeft(child)).toBe(false), { timeout: 10_000 })
  await expect(fetch(url)).rejects.toThrow()
}, 60_000)

import { spawn } from 'node:child_process'

/** Runs a script in a process of its own, in this version of Node, and gives back what it prints. */
export function runNode(script: URL, task: unknown, flags: readonly string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, script.pathname, JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(endedEarly(errors, code))
    })
  })
}

/** Of a script that did not end well: the last lines of what it printed as an error. */
export const endedEarly = (errors: string, code: unknown): Error =>
  new Error(errors.trim().split('\n').slice(-12).join('\n') || `Ended with ${code}.`)

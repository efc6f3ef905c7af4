import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { strangerEnv } from './stranger-env.mjs'

/**
 * A folder outside the workspace, and what a stranger does in it. `install` takes what follows `npm install` in a README; our
 * packages come from their tarballs. What `start` started ends with `close`.
 */
export function createProject(name, { folder: parent, packages, simulator }) {
  const folder = join(parent, name)
  const running = []
  const times = []
  mkdirSync(folder, { recursive: true })

  const launch = (command, args, { cwd = folder, env = {} } = {}) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...strangerEnv, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own: npm and npx start others, which must end with it
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    return { child, output: () => output }
  }

  const run = async (command, args, options) => {
    const start = performance.now()
    const { child, output } = launch(command, args, options)
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
    times.push(`${command} ${args[0]} ${((performance.now() - start) / 1000).toFixed(1)}`)
    if (code !== 0)
      throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output().slice(-4000)}`)
    return output()
  }

  /** Resolves with the match once the program has printed what `pattern` describes. */
  const start = (command, args, pattern, options) => {
    const { child, output } = launch(command, args, options)
    running.push(child)
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output())
        if (match !== null) resolve(match)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.on('error', reject)
      child.on('exit', (code) =>
        reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output()}`)),
      )
    })
  }

  return {
    folder,
    simulator,
    run,
    start,
    times: () => times.join(', '),
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), typeof text === 'string' ? text : JSON.stringify(text, null, 2))
    },
    /** What was installed: its name and its version. */
    version(dependency) {
      const manifest = readFileSync(join(folder, 'node_modules', dependency, 'package.json'), 'utf8')
      return `${dependency} ${JSON.parse(manifest).version}`
    },
    install(...words) {
      // Of a package that is named twice, the last word counts: `react`, then `react@18`.
      const wanted = new Map(words.map((word) => [word.replace(/(?<=.)@[^/]*$/, ''), word]))
      const found = [...wanted].map(
        ([name, word]) => packages.find((one) => one.name === name)?.tarball ?? word,
      )
      return run('npm', ['install', '--no-audit', '--no-fund', ...found])
    },
    async close() {
      for (const child of running) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        const closed = new Promise((resolve) => child.once('close', resolve))
        process.kill(-child.pid, 'SIGKILL')
        await closed
      }
    },
  }
}

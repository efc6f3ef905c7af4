// Does what a stranger does: makes projects from nothing, installs the tarballs, pastes the examples of the READMEs, and looks
// whether tokens come. `npm run strangers` for all of them, `npm run strangers -- next nuxt` for some.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packPackages } from '@chatstream/tooling/pack-packages'
import { createProject } from './src/create-project.mjs'
import { startSimulator } from './src/start-simulator.mjs'
import { next } from './src/strangers/next.mjs'
import { nodeEsm } from './src/strangers/node-esm.mjs'
import { nodeRequire } from './src/strangers/node-require.mjs'
import { nuxt } from './src/strangers/nuxt.mjs'
import { typescript } from './src/strangers/typescript.mjs'
import { viteReact } from './src/strangers/vite-react.mjs'
import { viteVue } from './src/strangers/vite-vue.mjs'
import { vitest } from './src/strangers/vitest.mjs'

// The oldest versions that the manifests allow.
const oldestReact = [
  'react@18.0.0',
  'react-dom@18.0.0',
  '@types/react@18',
  '@types/react-dom@18',
  '@tanstack/react-query@5.66.0',
  'rxjs@7.8.0',
]
const oldestVue = ['vue@3.4.0', 'rxjs@7.8.0']

const strangers = {
  'node-esm': nodeEsm,
  'node-require': nodeRequire,
  'typescript-node16': typescript('node16'),
  'typescript-bundler': typescript('bundler'),
  vitest,
  'vite-react': viteReact([]),
  'vite-react-oldest': viteReact(oldestReact),
  'vite-vue': viteVue([]),
  'vite-vue-oldest': viteVue(oldestVue),
  next,
  nuxt,
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !(name in strangers))
if (unknown.length > 0) {
  console.error(`strangers: there is no ${unknown}; there are ${Object.keys(strangers).join(', ')}`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'chatstream-strangers-'))
let failures = 0
let simulator
try {
  const packages = packPackages(folder)
  simulator = await startSimulator(createProject('simulator', { folder, packages }))
  for (const name of names.length > 0 ? names : Object.keys(strangers)) {
    const start = performance.now()
    const project = createProject(name, { folder, packages, simulator: simulator.url })
    let outcome
    try {
      outcome = await strangers[name](project)
    } catch (error) {
      failures += 1
      outcome = `FAILED: ${error.message}`
    } finally {
      await project.close()
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${name.padEnd(18)} ${seconds.padStart(6)} s  (${project.times()})  ${outcome}`)
  }
} finally {
  await simulator?.close()
  if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  else console.log(`The projects are in ${folder}`)
}
process.exitCode = failures > 0 ? 1 : 0

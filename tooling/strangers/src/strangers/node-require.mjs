import { fileURLToPath } from 'node:url'
import { judgeTokens } from '../judge-tokens.mjs'
import { readReadme } from '../read-readme.mjs'

/** CommonJS: Node requires an ES module as it is. */
export async function nodeRequire(project) {
  const { install, example } = readReadme('core')
  project.write('package.json', { private: true })
  await project.install(...install, '@chatstream/node', '@chatstream/relay', '@chatstream/simulator', 'redis')
  project.write('main.js', example.replaceAll(/^import (\{.*?\}) from ('.*?')$/gm, 'const $1 = require($2)'))
  project.write(
    'entries.js',
    `for (const entry of ['core', 'core/sse', 'node', 'relay', 'relay/redis', 'simulator']) {
      const names = Object.keys(require('@chatstream/' + entry))
      if (names.length === 0) throw new Error(entry + ' exports nothing')
    }`,
  )
  await project.run('node', ['entries.js'])
  const elsewhere = fileURLToPath(import.meta.resolve('../elsewhere.mjs'))
  const printed = await project.run('node', ['--import', elsewhere, 'main.js'], {
    env: { SIMULATOR_URL: project.simulator },
  })
  return judgeTokens(printed)
}

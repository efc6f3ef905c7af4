import { fileURLToPath } from 'node:url'
import { judgeTokens } from '../judge-tokens.mjs'
import { readReadme } from '../read-readme.mjs'

/** Plain Node: the example is a file of its own. */
export async function nodeEsm(project) {
  const { install, example } = readReadme('core')
  project.write('package.json', { private: true, type: 'module' })
  await project.install(...install)
  project.write('main.js', example)
  const printed = await project.run(
    'node',
    ['--import', fileURLToPath(import.meta.resolve('../elsewhere.mjs')), 'main.js'],
    {
      env: { SIMULATOR_URL: project.simulator },
    },
  )
  return judgeTokens(printed)
}

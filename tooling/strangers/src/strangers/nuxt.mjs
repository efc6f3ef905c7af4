import { freePort } from '../free-port.mjs'
import { readReadme } from '../read-readme.mjs'
import { seeAnswer } from '../see-answer.mjs'
import { seeServerMarkup } from '../see-server-markup.mjs'

/** Nuxt, by hand, for its own template is not on the registry: the example is its page, a route of the relay its server. */
export async function nuxt(project) {
  const { install, example } = readReadme('vue')
  project.write('package.json', { private: true, type: 'module' })
  await project.install('nuxt@4', ...install, ...readReadme('relay').install)
  project.write('nuxt.config.ts', `export default defineNuxtConfig({ compatibilityDate: '2026-01-01' })\n`)
  project.write('tsconfig.json', { extends: './.nuxt/tsconfig.json' })
  project.write('app/app.vue', example)
  project.write(
    'server/api/[...path].ts',
    `import { createRelay } from '@chatstream/relay'

const relay = createRelay({
  baseURL: process.env['ALLTOKEN_BASE_URL']!,
  apiKey: () => process.env['ALLTOKEN_API_KEY'],
  authorize: (request) => (request.headers.get('cookie')?.includes('session=') ? { id: 'me' } : null),
})

export default defineEventHandler((event) => relay(toWebRequest(event)))
`,
  )
  await project.run('npx', ['nuxt', 'build'])
  const port = await freePort()
  await project.start('node', ['.output/server/index.mjs'], /Listening/i, {
    env: {
      ALLTOKEN_BASE_URL: project.simulator,
      ALLTOKEN_API_KEY: 'any',
      HOST: '127.0.0.1',
      PORT: String(port),
    },
  })
  const url = `http://127.0.0.1:${port}/`
  await seeServerMarkup(url)
  return `${project.version('nuxt')}: ${await seeAnswer(url)}`
}

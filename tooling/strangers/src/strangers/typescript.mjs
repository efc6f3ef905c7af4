import { fileURLToPath } from 'node:url'
import { judgeTokens } from '../judge-tokens.mjs'
import { readReadme } from '../read-readme.mjs'

const elsewhere = fileURLToPath(import.meta.resolve('../elsewhere.mjs'))
const modes = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}
const strictest = {
  target: 'es2022',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false, // our declarations are checked as well, with those of what they import
}

async function askServer(project, file, path, init) {
  const [, port] = await project.start('node', ['--import', elsewhere, file], /listening at (\d+)/, {
    env: { SIMULATOR_URL: project.simulator, ALLTOKEN_API_KEY: 'any' },
  })
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
  const body = await response.text()
  const events = body.match(/^data: \{.*"content":"/gm)?.length ?? 0
  if (!response.ok || events < 20 || !body.includes('data: [DONE]')) {
    throw new Error(`${file} answered ${response.status}: ${body.slice(0, 1000)}`)
  }
  return `${file}: ${events} events`
}

/** TypeScript at its strictest: on a server, which has no DOM, and in a page; and what was compiled is run. */
export const typescript = (mode) => async (project) => {
  const readmes = Object.fromEntries(
    ['core', 'node', 'relay', 'react', 'vue'].map((name) => [name, readReadme(name)]),
  )
  const installs = Object.values(readmes).flatMap(({ install }) => install)
  project.write('package.json', { private: true, type: 'module' })
  const types = ['typescript', '@types/node@20', '@types/react']
  await project.install(...types, ...installs, '@chatstream/simulator', 'redis', '@opentelemetry/api')

  const server = { ...strictest, ...modes[mode], lib: ['es2023'], types: ['node'], outDir: 'dist' }
  for (const name of ['core', 'node', 'relay']) project.write(`server/${name}.ts`, readmes[name].example)
  project.write(
    'server/entries.ts',
    ['core', 'core/sse', 'node', 'relay', 'relay/redis', 'simulator']
      .map((entry) => `export * as ${entry.replace('/', '_')} from '@chatstream/${entry}'\n`)
      .join(''),
  )
  project.write('server/tsconfig.json', { compilerOptions: server, include: ['.'] })

  const page = {
    ...strictest,
    ...modes[mode],
    lib: ['es2023', 'dom'],
    types: [],
    jsx: 'react-jsx',
    noEmit: true,
  }
  project.write('page/chat.tsx', readmes.react.example)
  project.write(
    'page/entries.ts',
    `export * as react from '@chatstream/react'\nexport * as vue from '@chatstream/vue'\n`,
  )
  project.write('page/tsconfig.json', { compilerOptions: page, include: ['.'] })

  // A CommonJS module may import an ES module as it is, since Node can require one.
  const common = { ...server, module: 'nodenext', moduleResolution: 'nodenext', verbatimModuleSyntax: false }
  project.write('common/core.cts', readmes.core.example)
  project.write('common/tsconfig.json', { compilerOptions: common, include: ['.'] })

  await project.run('npx', ['tsc', '-p', 'server'])
  await project.run('npx', ['tsc', '-p', 'common'])
  await project.run('npx', ['tsc', '-p', 'page'])

  const dist = 'server/dist'
  const runCore = async (file) =>
    judgeTokens(
      await project.run('node', ['--import', elsewhere, file], { env: { SIMULATOR_URL: project.simulator } }),
    )
  const ask = { model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }], stream: true }
  return [
    project.version('typescript'),
    await runCore(`${dist}/core.js`),
    `CommonJS: ${await runCore('common/dist/core.cjs')}`,
    await askServer(project, `${dist}/node.js`, '/'),
    await askServer(project, `${dist}/relay.js`, '/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'session=a-stranger' },
      body: JSON.stringify(ask),
    }),
  ].join('; ')
}

import { readReadme } from '../read-readme.mjs'

/** A test of somebody's own application, against the simulator. */
export async function vitest(project) {
  const { install, example } = readReadme('simulator')
  project.write('package.json', { private: true, type: 'module' })
  await project.install(...install, ...readReadme('core').install, 'vitest')
  project.write(
    'my-app.ts',
    `import { createChatClient, finalMessage } from '@chatstream/core'

export async function askMyApp(prompt: string, options: { baseURL: string; apiKey: string }): Promise<string> {
  const stream$ = createChatClient(options).stream({ model: 'deepseek-chat', messages: [{ role: 'user', content: prompt }] })
  const { parts } = await finalMessage(stream$)
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
`,
  )
  project.write('my-app.test.ts', example)
  const printed = await project.run('npx', ['vitest', 'run', '--reporter=json'])
  const passed = /"numPassedTests":(\d+)/.exec(printed)?.[1]
  if (passed !== '1') throw new Error(`Not one test passed: ${printed.slice(-2000)}`)
  return `${project.version('vitest')}: the test passed`
}

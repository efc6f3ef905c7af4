import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@chatstream/tooling/run'
import { freePort } from '../free-port.mjs'
import { readReadme } from '../read-readme.mjs'
import { seeAnswer } from '../see-answer.mjs'
import { seeServerMarkup } from '../see-server-markup.mjs'

const options =
  '--yes --ts --app --empty --no-eslint --no-tailwind --no-src-dir --skip-install --disable-git --use-npm'

/** Next's own template: the example is a client component, a route of the relay is its server. */
export async function next(project) {
  const { install, example } = readReadme('react')
  await project.run('npx', ['--yes', 'create-next-app@latest', '.', ...options.split(' ')])
  await project.install(...install, ...readReadme('relay').install)
  project.write('app/chat.tsx', `'use client'\n\n${example}`)
  project.write(
    'app/page.tsx',
    `'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { Chat } from './chat'

export default function Page() {
  const [queryClient] = useState(() => new QueryClient())
  return (
    <QueryClientProvider client={queryClient}>
      <Chat />
    </QueryClientProvider>
  )
}
`,
  )
  project.write(
    'app/api/[...path]/route.ts',
    readFileSync(join(root, 'packages/relay/examples/next.ts'), 'utf8'),
  )
  await project.run('npm', ['run', 'build'])
  const port = await freePort()
  await project.start('npx', ['next', 'start', '-H', '127.0.0.1', '-p', String(port)], /Ready/i, {
    env: { ALLTOKEN_BASE_URL: project.simulator, ALLTOKEN_API_KEY: 'any' },
  })
  const url = `http://127.0.0.1:${port}/`
  await seeServerMarkup(url)
  return `${project.version('next')}: ${await seeAnswer(url)}`
}

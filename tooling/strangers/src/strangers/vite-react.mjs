import { readReadme } from '../read-readme.mjs'
import { seeAnswer } from '../see-answer.mjs'
import { createVite, startPreview, viteConfig } from '../vite-project.mjs'

/** Vite's own template for React, with the example in a file of its own; `others` may ask for older versions. */
export const viteReact = (others) => async (project) => {
  const { install, example } = readReadme('react')
  await createVite(project, 'react-ts')
  await project.install(...install, ...others)
  project.write('src/chat.tsx', example)
  project.write(
    'src/App.tsx',
    `import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Chat } from './chat'

const queryClient = new QueryClient()

export default function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Chat />
    </QueryClientProvider>
  )
}
`,
  )
  project.write('vite.config.ts', viteConfig('react', project.simulator))
  await project.run('npm', ['run', 'build'])
  return `${project.version('vite')}, ${project.version('react')}: ${await seeAnswer(await startPreview(project))}`
}

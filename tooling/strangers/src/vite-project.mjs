import { freePort } from './free-port.mjs'

/** A project from one of Vite's own templates. */
export const createVite = (project, template) =>
  project.run('npm', [
    'create',
    '--yes',
    'vite@latest',
    '.',
    '--',
    '--template',
    template,
    '--no-interactive',
  ])

/** Settings of Vite: `/api` is a server of one's own, which adds the key. Here it is the simulator. */
export const viteConfig = (framework, simulator) => `import framework from '@vitejs/plugin-${framework}'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [framework()],
  preview: {
    proxy: {
      '/api': {
        target: '${new URL(simulator).origin}',
        headers: { authorization: 'Bearer any' },
        rewrite: (path) => path.replace('/api', '/v1'),
      },
    },
  },
})
`

/** Serves what was built. */
export async function startPreview(project) {
  const port = await freePort()
  const args = ['vite', 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort']
  await project.start('npx', args, new RegExp(`:(\\S*)${port}`))
  return `http://127.0.0.1:${port}/`
}

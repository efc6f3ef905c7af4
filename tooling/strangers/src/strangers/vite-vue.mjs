import { readReadme } from '../read-readme.mjs'
import { seeAnswer } from '../see-answer.mjs'
import { createVite, startPreview, viteConfig } from '../vite-project.mjs'

/** Vite's own template for Vue, with the example as its application; `others` may ask for older versions. */
export const viteVue = (others) => async (project) => {
  const { install, example } = readReadme('vue')
  await createVite(project, 'vue-ts')
  await project.install(...install, ...others)
  project.write('src/App.vue', example)
  project.write('vite.config.ts', viteConfig('vue', project.simulator))
  await project.run('npm', ['run', 'build'])
  return `${project.version('vite')}, ${project.version('vue')}: ${await seeAnswer(await startPreview(project))}`
}

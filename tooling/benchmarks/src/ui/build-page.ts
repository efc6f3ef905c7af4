import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { uiContenders } from './ui-contenders.js'

/** The workspace's own package: the same copy, in the same version, for all. */
const benchmarks = fileURLToPath(new URL('../..', import.meta.url))
const oneCopy: Plugin = {
  name: 'one-copy',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(react|react-dom|vue)(\/|$)/ }, ({ path, kind, pluginData }) =>
      pluginData === oneCopy
        ? undefined
        : resolve(path, { kind, resolveDir: benchmarks, pluginData: oneCopy }),
    )
  },
}

/** The script of a page that shows one contender: it leaves a `PageBench` and its `Mount` behind, as `bench` and `mount`. */
export async function buildPage(contender: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { mount } from './contenders/${uiContenders[contender]?.module}.js'
        import { createPageBench } from './page.js'
        globalThis.mount = mount
        globalThis.bench = createPageBench(mount)`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [oneCopy],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

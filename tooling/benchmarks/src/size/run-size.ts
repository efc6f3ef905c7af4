import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { barChart } from '../report/bar-chart.js'
import { markdownTable } from '../report/markdown-table.js'
import type { RunOptions, SectionReport } from '../report/section-report.js'
import { sizeEntries } from './size-entries.js'

/** What a page loads: bundled for browsers, minified, compressed with brotli. */
export async function runSize({ log }: RunOptions): Promise<SectionReport> {
  const sizes: { name: string; minified: number; brotli: number }[] = []
  for (const { name, contents, external } of sizeEntries) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      external: [...external],
      logLevel: 'error',
    })
    const code = outputFiles[0]?.contents ?? new Uint8Array()
    sizes.push({ name, minified: code.length, brotli: brotliCompressSync(code).length })
    log(`size: ${name}`)
  }
  const rows = sizes.map(({ name, minified, brotli }) => [
    name,
    minified.toLocaleString('en'),
    brotli.toLocaleString('en'),
  ])
  const bars = sizes.map(({ name, brotli }) => ({
    label: name.replaceAll(/[*`]/g, '').replace(/, .*/, ''),
    value: brotli / 1000,
    isOurs: name.includes('chatstream'),
  }))
  return {
    title: 'Size',
    verdicts: sizeEntries.flatMap(({ name, must, aim }, position) =>
      must === undefined
        ? []
        : [
            {
              what: name.replaceAll('**', ''),
              must,
              ...(aim !== undefined && { aim }),
              unit: 'kB',
              measured: (sizes[position]?.brotli ?? NaN) / 1000,
            },
          ],
    ),
    markdown: `React, Vue and TanStack Query are not counted.\n\n${markdownTable(['', 'minified, bytes', 'brotli, bytes'], rows)}`,
    charts: {
      'size.svg': barChart({ title: 'Kilobytes a page loads (minified, brotli)', unit: 'kB', bars }),
    },
    data: sizes,
  }
}

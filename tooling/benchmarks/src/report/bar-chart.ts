interface Bar {
  readonly label: string
  readonly value: number
  readonly isOurs?: boolean
}

export interface BarChart {
  readonly title: string
  readonly unit: string
  readonly bars: readonly Bar[]
}

const width = 760
const labels = 250
const figures = 80
const rowHeight = 26

/** A chart that reads well on a light and on a dark page. */
export function barChart({ title, unit, bars }: BarChart): string {
  const largest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)
  const scale = (width - labels - figures) / largest
  const rows = bars.map(({ label, value, isOurs = false }, position) => {
    const y = 40 + position * rowHeight
    const length = Math.max(1, value * scale)
    return [
      `<text x="${labels - 8}" y="${y + 14}" text-anchor="end"${isOurs ? ' font-weight="bold"' : ''}>${escaped(label)}</text>`,
      `<rect x="${labels}" y="${y}" width="${length.toFixed(1)}" height="18" rx="2" fill="${isOurs ? '#2f81f7' : '#8b949e'}"/>`,
      `<text x="${(labels + length + 6).toFixed(1)}" y="${y + 14}">${figure(value)} ${escaped(unit)}</text>`,
    ].join('\n  ')
  })
  const height = 48 + bars.length * rowHeight
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
  <style>text { font: 13px system-ui, sans-serif; fill: #57606a } @media (prefers-color-scheme: dark) { text { fill: #c9d1d9 } }</style>
  <text x="0" y="20" font-weight="bold">${escaped(title)}</text>
  ${rows.join('\n  ')}
</svg>
`
}

const figure = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

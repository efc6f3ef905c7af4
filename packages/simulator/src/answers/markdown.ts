/**
 * Reads a template as markdown, with tildes for backticks, which a template cannot hold unescaped. Backslashes stay,
 * as mathematics needs them.
 */
export function markdown(template: TemplateStringsArray, ...values: readonly string[]): string {
  const text = template.raw.map((part, index) => part.replaceAll('~', '`') + (values[index] ?? '')).join('')
  return `${text.trim()}\n`
}

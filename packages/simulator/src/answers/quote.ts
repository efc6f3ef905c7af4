/** Shortens a text to one line that can be quoted inside a sentence. */
export function quote(text: string, maxCharacters = 120): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()]
  return characters.length <= maxCharacters
    ? characters.join('')
    : `${characters.slice(0, maxCharacters).join('')}…`
}

// The blocks of code in a text, and what the comments before them say.

const fence = /^( *)(`{3,})(ts|tsx|vue)\b.*\n([\s\S]*?)^\1\2[ \t]*$/gm

/** The comments right before a position: what a block leaves out, and what becomes of it. */
function marksBefore(text, end) {
  const marks = {}
  const before = /(?:<!--(?:(?!-->)[\s\S])*-->\s*)+$/.exec(text.slice(0, end))
  if (before === null) return marks
  for (const [, content] of before[0].matchAll(/<!--([\s\S]*?)-->/g)) {
    const [, name, value = ''] =
      /^ (skip|given|continues|file)(?::? ([^\n]*?))? *$/m.exec(content.split('\n')[0]) ?? []
    const code = content.split('\n').slice(1).join('\n')
    if (name === 'file' && code.trim() !== '') marks.hidden = { name: value, code }
    else if (name !== undefined) marks[name] = value
  }
  return marks
}

/** The blocks of a text: language, code, the line on which the code starts, and the marks before it. */
export const blocksOf = (text) =>
  [...text.matchAll(fence)].map(({ 1: indent, 3: language, 4: code, index }) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: text.slice(0, index).split('\n').length + 1,
    ...marksBefore(text, index),
  }))

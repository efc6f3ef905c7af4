/**
 * Escapes the dollars that are money, not mathematics: "$5 and $6". By Pandoc's rule, `$` opens a formula if no space
 * follows it, and closes one if no space stands before it and no digit follows. `\( \)` and `\[ \]` become dollars.
 */
export function escapeLoneDollars(block: string): string {
  if (!/[$\\]/.test(block) || /^ {0,3}(?:`{3,}|~{3,})/.test(block)) return block
  return block.replace(
    pieces,
    (piece, parenthesised?: string, bracketed?: string, inline?: string): string => {
      if (parenthesised !== undefined) return `$${parenthesised.trim()}$`
      if (bracketed !== undefined) return `$$${bracketed}$$`
      if (inline !== undefined || piece.length > 1) return piece
      return '\\$'
    },
  )
}

// In this order: code, display formulas, the brackets of LaTeX, what is escaped already, inline formulas, a lone dollar.
const pieces =
  /(?:`+)[^`]+(?:`+)|\$\$[\s\S]*?\$\$|\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\\[\s\S]|\$((?!\s)(?:\\[\s\S]|[^$\\`\n])*?[^\s$\\])\$(?!\d)|\$/g

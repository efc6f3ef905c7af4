/** What the core's example prints: each token on a line of its own, then the cost, and nothing else, no warning either. */
export function judgeTokens(printed) {
  const lines = printed.trim().split('\n')
  const isRight =
    lines.length > 20 &&
    /^0\.\d+$/.test(lines.at(-1)) &&
    /simulator/i.test(printed) &&
    !/warning/i.test(printed)
  if (!isRight) throw new Error(`That is not an answer and its cost: …${printed.slice(-300)}`)
  return `${lines.length - 1} pieces of an answer, then its cost, ${lines.at(-1)}`
}

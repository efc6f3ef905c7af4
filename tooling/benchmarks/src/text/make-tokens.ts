/** What a text is like, for whoever lays it out: lines, one endless paragraph, or one without so much as a space. */
export type TextKind = 'lines' | 'paragraph' | 'japanese'

/** So many pieces of text, as a model writes them; the same ones every time. */
export function makeTokens(kind: TextKind, count: number): string[] {
  const random = createRandom(42)
  const words = kind === 'japanese' ? japanese : english
  return Array.from({ length: count }, (_, position) => {
    const word = words[Math.floor(random() * words.length)] ?? ''
    if (kind === 'japanese') return word
    // A newline after every sixty tokens; now and then an empty line.
    if (kind === 'lines' && position % 60 === 59) return random() < 0.3 ? '.\n\n' : '.\n'
    return position === 0 ? word : ` ${word}`
  })
}

/** Mulberry32: small, and the same everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const english = (
  'the of and a to in is you that it he was for on are as with his they at be this have from or one had by word ' +
  'but not what all were we when your can said there use an each which she do how their if will up other about out ' +
  'many then them these so some her would make like him into time has look two more write go see number no way could ' +
  'people my than first water been call who oil its now find long down day did get come made may part quantum ' +
  'measure answer stream "token" layout'
).split(' ')

const japanese = (
  '量子 計算 では 情報 を 重ね 合わせ た 状態 で 扱う ことが でき ます。 観測 すると 一つの 値に 定まり、 その 確率は 振幅 ' +
  'の 二乗 に 等しい。 波 の 性質 と 粒子 の 性質 が 同時に 現れる ため、 古典的 な 直感 は 通用 しません。 例えば、 電子 は ' +
  '二つ の 隙間 を 通り、 干渉 縞 を 作り ます。 しかし 測定 器 を 置く と、 縞 は 消え て しまう。'
).split(' ')

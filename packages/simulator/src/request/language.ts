/** The languages that the answers are written in. */
export type Language = 'en' | 'ja' | 'zh'

/** Tells the language of a text by its script: kana is Japanese, Han without kana is Chinese, the rest is English. */
export function detectLanguage(text: string): Language {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja'
  if (/\p{Script=Han}/u.test(text)) return 'zh'
  return 'en'
}

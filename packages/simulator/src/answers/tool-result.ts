import type { Language } from '../request/language.js'
import { quote } from './quote.js'
import type { TopicText } from './topic.js'

/** Answers with what a tool has said. */
export function toolResult(language: Language, result: string): TopicText {
  return write[language](quote(result, 500))
}

const write: Readonly<Record<Language, (result: string) => TopicText>> = {
  en: (result) => ({
    reasoning: 'The tool has answered. I only have to pass it on.\n',
    content: `The tool answered:\n\n> ${result}\n\nThat is all I know about it.\n`,
  }),
  ja: (result) => ({
    reasoning: 'ツールから結果が返ってきた。あとは伝えるだけだ。\n',
    content: `ツールの結果は次のとおりです。\n\n> ${result}\n\nわかっているのは以上です。\n`,
  }),
  zh: (result) => ({
    reasoning: '工具已经返回结果，只需转述。\n',
    content: `工具返回的结果如下：\n\n> ${result}\n\n我所知道的就是这些。\n`,
  }),
}

import type { Language } from '../request/language.js'
import type { Conversation } from './conversation.js'
import { markdown } from './markdown.js'
import { quote } from './quote.js'
import type { TopicText } from './topic.js'

/** Answers a prompt that the simulator has no text about: quotes it, and says what else could be asked. */
export function anyPrompt(conversation: Conversation): TopicText {
  return write[conversation.language](
    quote(conversation.prompt),
    conversation.turn,
    conversation.earlierPrompt === undefined ? undefined : quote(conversation.earlierPrompt, 60),
  )
}

type Write = (prompt: string, turn: number, earlier: string | undefined) => TopicText

const write: Readonly<Record<Language, Write>> = {
  en: (prompt, turn, earlier) => ({
    reasoning: markdown`
The prompt is: “${prompt}”. There is no text about it in my script.
${earlier === undefined ? 'It is the first message, so there is nothing to go back to.' : `Before it came: “${earlier}”.`}
I can quote it, say which turn this is, and tell what else can be tried here.
`,
    content: markdown`
You asked: “${prompt}”

This is turn **${String(turn)}** of our conversation.${earlier === undefined ? '' : ` Before, you asked: “${earlier}”.`} I have no text about that, but I can show how an answer streams, one token at a time.

### What you can try here

- *Explain quantum computing*: headings, a table, code and mathematics.
- *Prove that √2 is irrational*, with a thinking model: the reasoning comes first.
- *Write a long text*: some thousand tokens, good for pressing stop.

| To see | Put this before the prompt |
|---|---|
| exactly 500 tokens | ~[[tokens 500]]~ |
| an error in mid-stream | ~[[fault error-frame after=5]]~ |
| a lost connection | ~[[fault reset after=5]]~ |
`,
  }),
  ja: (prompt, turn, earlier) => ({
    reasoning: markdown`
質問は「${prompt}」。これについての文章は台本にない。
${earlier === undefined ? '最初のメッセージなので、さかのぼるものはない。' : `その前の質問は「${earlier}」だった。`}
質問を引用し、何回目のやり取りかを伝え、ここで試せることを案内しよう。
`,
    content: markdown`
ご質問：「${prompt}」

これは会話の **${String(turn)}** 回目のやり取りです。${earlier === undefined ? '' : `前回のご質問は「${earlier}」でした。`}これについての文章は用意していませんが、回答がトークンごとに届く様子をご覧いただけます。

### ここで試せること

- *量子コンピューティングを説明してください*：見出し、表、コード、数式。
- *√2 が無理数であることを証明してください*（思考モデルで）：先に推論が届きます。
- *長い文章を書いてください*：数千トークン。途中で止めるのに向いています。

| 見たいもの | プロンプトの前に書くもの |
|---|---|
| ちょうど 500 トークン | ~[[tokens 500]]~ |
| 途中でのエラー | ~[[fault error-frame after=5]]~ |
| 切れた接続 | ~[[fault reset after=5]]~ |
`,
  }),
  zh: (prompt, turn, earlier) => ({
    reasoning: markdown`
问题是“${prompt}”。台本里没有相关的文章。
${earlier === undefined ? '这是第一条消息，没有可回顾的内容。' : `上一个问题是“${earlier}”。`}
我可以引用它，说明这是第几轮，并告诉对方这里还能试什么。
`,
    content: markdown`
您的问题：“${prompt}”

这是对话的第 **${String(turn)}** 轮。${earlier === undefined ? '' : `上一轮您问的是“${earlier}”。`}我没有准备相关的文章，不过您可以看到回答是怎样一个词元一个词元地到达的。

### 在这里可以试

- *解释量子计算*：标题、表格、代码和公式。
- *证明 √2 是无理数*（用思考模型）：先到的是推理过程。
- *写一篇长文*：几千个词元，适合中途停止。

| 想看到 | 写在提示词之前 |
|---|---|
| 正好 500 个词元 | ~[[tokens 500]]~ |
| 中途的错误 | ~[[fault error-frame after=5]]~ |
| 断开的连接 | ~[[fault reset after=5]]~ |
`,
  }),
}

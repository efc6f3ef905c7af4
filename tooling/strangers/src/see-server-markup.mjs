/** The server has rendered the example: its button is in the page before any code of it runs. */
export async function seeServerMarkup(url) {
  const page = await (await fetch(url)).text()
  if (!/<button[^>]*>ready<\/button>/.test(page))
    throw new Error(`The server rendered no chat: ${page.slice(0, 1000)}`)
}

import { createChatClient } from '@chatstream/core'
import { useChatStream } from '@chatstream/react'
import { startSimulator } from '@chatstream/simulator'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'

function Chat({ baseURL }: { baseURL: string }) {
  const client = createChatClient({ baseURL, apiKey: 'any' })
  const { messages, error, sendMessage } = useChatStream({ id: '1', client, model: 'deepseek-chat' })
  const text = messages.flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')))
  return (
    <>
      <p>{text}</p>
      {error && <p role="alert">{error.partial ? 'The answer is not whole.' : error.message}</p>}
      <button type="button" onClick={() => sendMessage('Hello')}>
        Ask
      </button>
    </>
  )
}

test('says so when the answer breaks off', async () => {
  const simulator = await startSimulator({ faults: 'reset after=5' })
  onTestFinished(() => simulator.close())
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Chat baseURL={simulator.url} />
    </QueryClientProvider>,
  )

  fireEvent.click(screen.getByText('Ask'))

  expect((await screen.findByRole('alert')).textContent).toBe('The answer is not whole.')
  const requests = simulator.journal.entries.filter(({ method }) => method === 'POST')
  expect(requests).toHaveLength(1) // and did not ask twice
})

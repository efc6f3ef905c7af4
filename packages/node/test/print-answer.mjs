// Prints an answer, then says on stderr how it ended, and that stdout is still there.
import { createChatClient } from '@chatstream/core'
import { pipeToWritable } from '@chatstream/node'

const client = createChatClient({ baseURL: process.argv[2], apiKey: 'any' })
const messages = [{ role: 'user', content: process.argv[3] }]
const stream$ = client.stream({ model: 'deepseek-chat', messages })
const end = await pipeToWritable(stream$, process.stdout, { format: 'text' })
process.stdout.write('\nafter\n')
process.stderr.write(`${end} ${process.stdout.writableEnded}`)

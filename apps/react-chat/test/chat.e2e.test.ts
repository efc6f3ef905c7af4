import { fileURLToPath } from 'node:url'
import { describeChat } from '@chatstream/chat-kit/end-to-end'

describeChat(fileURLToPath(new URL('..', import.meta.url)))

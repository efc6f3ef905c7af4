import { fileURLToPath } from 'node:url'
import { describeFlood } from '@chatstream/chat-kit/end-to-end'

describeFlood(fileURLToPath(new URL('..', import.meta.url)))

import { fileURLToPath } from 'node:url'
import { describeFaults } from '@chatstream/chat-kit/end-to-end'

describeFaults(fileURLToPath(new URL('..', import.meta.url)))

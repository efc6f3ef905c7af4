import { fileURLToPath } from 'node:url'
import { describeSafety } from '@chatstream/chat-kit/end-to-end'

describeSafety(fileURLToPath(new URL('..', import.meta.url)))

import { fileURLToPath } from 'node:url'
import { describeTabs } from '@chatstream/chat-kit/end-to-end'

describeTabs(fileURLToPath(new URL('..', import.meta.url)))

import { fileURLToPath } from 'node:url'
import { describeResume } from '@chatstream/chat-kit/end-to-end'

describeResume(fileURLToPath(new URL('..', import.meta.url)))

import { fileURLToPath } from 'node:url'
import { describeAccessibility } from '@chatstream/chat-kit/end-to-end'

describeAccessibility(fileURLToPath(new URL('..', import.meta.url)))

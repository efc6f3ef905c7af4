import type { Mount } from '../ui-contender.js'
import { mountAiSdk } from './ai-sdk-react.js'

export const mount: Mount = mountAiSdk(50)

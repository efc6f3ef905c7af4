export { brief } from '@chatstream/fake-chat'

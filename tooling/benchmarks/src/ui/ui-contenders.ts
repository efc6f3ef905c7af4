import type { Protocol } from './ui-contender.js'

interface UiContender {
  readonly name: string
  readonly protocol: Protocol
  /** The module of `contenders/` that mounts it. */
  readonly module: string
}

export const uiContenders: Readonly<Record<string, UiContender>> = {
  none: { name: 'floor: nothing shown', protocol: 'openai', module: 'none' },
  'plain-react': { name: 'baseline React: `<pre>`', protocol: 'openai', module: 'plain-react' },
  react: { name: '**chatstream** React', protocol: 'openai', module: 'chatstream-react' },
  'plain-vue': { name: 'baseline Vue: `<pre>`', protocol: 'openai', module: 'plain-vue' },
  vue: { name: '**chatstream** Vue', protocol: 'openai', module: 'chatstream-vue' },
  'ai-react': { name: '@ai-sdk/react', protocol: 'ai-sdk', module: 'ai-sdk-react' },
  'ai-react-50': {
    name: '@ai-sdk/react, `throttle: 50`',
    protocol: 'ai-sdk',
    module: 'ai-sdk-react-throttled',
  },
  'ai-vue': { name: '@ai-sdk/vue', protocol: 'ai-sdk', module: 'ai-sdk-vue' },
  'tanstack-react': { name: '@tanstack/ai-react', protocol: 'ag-ui', module: 'tanstack-react' },
}

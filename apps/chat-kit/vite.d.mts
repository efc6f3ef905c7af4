import type { PluginOption, UserConfig } from 'vite'

/** The settings of a chat: its framework, the proxy that has the key, the content security policy. */
export const chatApp: (framework: PluginOption) => UserConfig

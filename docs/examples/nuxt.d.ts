/** What Nuxt makes known in an app of its own, as far as the examples of the pages use it. */
declare module '#app' {
  import type { App } from 'vue'

  interface NuxtApp {
    readonly vueApp: App
    readonly payload: { readonly state: Record<string, unknown> }
    hook(name: 'app:rendered', run: () => void): void
  }
  export function defineNuxtPlugin(setup: (nuxt: NuxtApp) => { provide?: Record<string, unknown> }): unknown
}

interface ImportMeta {
  readonly server: boolean
}

declare function useRoute(): { readonly params: Record<string, string> & { readonly id: string } }
declare function useFetch(
  url: string,
): Promise<{ data: import('vue').Ref<readonly import('@chatstream/core').Message[] | undefined> }>

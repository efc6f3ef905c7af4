// Choices of the user that outlive the page.

const listeners = new Set<() => void>()

const keyOf = (name: string): string => `chatstream.${name}`

export const getSetting = (name: string, fallback: string): string =>
  localStorage.getItem(keyOf(name)) ?? fallback

export function setSetting(name: string, value: string): void {
  localStorage.setItem(keyOf(name), value)
  for (const listener of listeners) listener()
}

export function subscribeSettings(onChange: () => void): () => void {
  listeners.add(onChange)
  addEventListener('storage', onChange) // another tab
  return () => {
    listeners.delete(onChange)
    removeEventListener('storage', onChange)
  }
}

import { Observable, scan } from 'rxjs'

export interface TokenStore {
  readonly subscribe: (onChange: () => void) => () => void
  readonly get: () => string
  readonly send: (url: string) => Promise<void>
}

/** What one writes without a library: the text so far, published once a frame. */
export function createTokenStore(): TokenStore {
  const listeners = new Set<() => void>()
  let text = ''
  let published = ''
  let frame: number | undefined
  const publish = (): void => {
    frame = undefined
    published = text
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: () => published,
    send: (url) =>
      new Promise((resolve, reject) => {
        readDeltas(url)
          .pipe(scan((all, delta) => all + delta, ''))
          .subscribe({
            next(all) {
              text = all
              frame ??= requestAnimationFrame(publish)
            },
            error: reject,
            complete() {
              if (frame !== undefined) cancelAnimationFrame(frame)
              publish()
              resolve()
            },
          })
      }),
  }
}

const readDeltas = (url: string): Observable<string> =>
  new Observable((subscriber) => {
    const read = async (): Promise<void> => {
      const { body } = await fetch(`${url}/chat/completions`, { method: 'POST', body: '{}' })
      const reader = (body as ReadableStream<Uint8Array>).getReader()
      const decoder = new TextDecoder()
      let rest = ''
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return subscriber.complete()
        rest += decoder.decode(value, { stream: true })
        let start = 0
        for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n', start)) {
          const data = rest.slice(start + 6, end)
          start = end + 2
          if (data !== '[DONE]') subscriber.next(JSON.parse(data).choices[0].delta.content ?? '')
        }
        rest = rest.slice(start)
      }
    }
    read().catch((error) => subscriber.error(error))
  })

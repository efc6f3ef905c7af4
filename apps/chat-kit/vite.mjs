// Settings of both chats. Plain JavaScript, as Node reads it before Vite is there.
import { fileURLToPath } from 'node:url'

const server = process.env.CHATSTREAM_SERVER ?? 'http://127.0.0.1:4010'

// The page asks its own origin only, and the key is added here: none is in the browser.
const upstream = {
  target: server,
  headers: { authorization: 'Bearer any' },
  configure(proxy) {
    // An answer that breaks off must break off here, too: left to itself, it would never end.
    proxy.on('proxyRes', (answer, _request, response) => {
      answer.once('close', () => {
        if (!answer.complete) response.destroy()
      })
    })
  },
}
const proxy = { '/v1': upstream, '/backup/v1': upstream }

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'", // where KaTeX puts things
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** A second wall behind the markdown renderer. Only in the build: the dev server puts scripts of its own into the page. */
const contentSecurityPolicy = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
}

export const chatApp = (framework) => ({
  plugins: [framework, contentSecurityPolicy],
  publicDir: fileURLToPath(new URL('public', import.meta.url)),
  server: { proxy },
  preview: { proxy },
  build: { chunkSizeWarningLimit: 1500 },
})

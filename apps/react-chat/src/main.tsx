import 'katex/dist/katex.min.css'
import '@chatstream/chat-kit/style.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import { queryClient } from './storage/query-client.js'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element #root.')

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)

import 'katex/dist/katex.min.css'
import '@chatstream/chat-kit/style.css'
import { createApp } from 'vue'
import App from './app.vue'
import { resendWaiting } from './conversation/resend-waiting.js'
import { sessions } from './storage/load-store.js'

const app = createApp(App).use(sessions)
void resendWaiting(app)
app.mount('#root')

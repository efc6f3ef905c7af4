import 'katex/dist/katex.min.css'
import '@chatstream/chat-kit/style.css'
import { createApp } from 'vue'
import App from './app.vue'
import { sessions } from './conversations.js'

createApp(App).use(sessions).mount('#root')

import { chatApp } from '@chatstream/chat-kit/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig(chatApp(vue()))

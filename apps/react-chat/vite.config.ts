import { chatApp } from '@chatstream/chat-kit/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig(chatApp(react()))

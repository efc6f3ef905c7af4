export { describeChat } from './describe-chat.js'
export { describeFaults } from './describe-faults.js'
export { describeSafety } from './describe-safety.js'
export { type App, type ChatPage, useApp } from './open-app.js'

export { type AnswerFact, answerFacts, answerText, conversationTotals } from './answer-facts.js'
export { tellBusy, whenIdleEverywhere } from './busy-elsewhere.js'
export { client, requestFields } from './client.js'
export { compareModels, type Racer } from './compare-models.js'
export {
  addConversation,
  type Conversation,
  getConversations,
  removeConversation,
  renameConversation,
  subscribeConversations,
} from './conversation-list.js'
export { createBlockSplitter, hasDefinitions, type MarkdownBlock } from './create-block-splitter.js'
export { type CatchUp, createCatchUp } from './create-catch-up.js'
export { escapeLoneDollars } from './escape-lone-dollars.js'
export { explainError, type ShownError } from './explain-error.js'
export { type Fault, faultPrompt, faults } from './faults.js'
export { fetchModels } from './fetch-models.js'
export { type Follower, followBottom } from './follow-bottom.js'
export { isImageHost } from './image-hosts.js'
export { isSendKey } from './is-send-key.js'
export { storePartial, takePartial } from './partial-answer.js'
export { providerName } from './provider-name.js'
export { chatAddress, type Route, readRoute } from './route.js'
export { getSetting, setSetting, subscribeSettings } from './settings.js'
export { splitDirectives, titleOf } from './split-directives.js'
export { statusWords } from './status-words.js'
export { storeConversations } from './store-conversations.js'
export { verdict } from './verdict.js'

export { createFakeClient, type FakeClient } from './create-fake-client.js'
export { brief, message } from './messages.js'

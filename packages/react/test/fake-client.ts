export { createFakeClient, type FakeClient } from '@chatstream/fake-chat'

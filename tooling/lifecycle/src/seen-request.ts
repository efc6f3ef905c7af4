/** What the simulator saw of one request: plain data, so that it can come to a browser. */
export interface SeenRequest {
  readonly path: string
  readonly status: number | undefined
  /** How far the answer came: `before-headers`, `headers-sent`, `streaming`, `done-sent`, `ended`. */
  readonly phase: string
  readonly closedBy: 'server' | 'client' | undefined
  readonly key: string | undefined
  /** Role and content of the messages that were sent. */
  readonly messages: readonly { readonly role: string; readonly content: unknown }[]
}

/** An entry of the simulator's journal. */
interface JournalEntry {
  readonly path: string
  readonly status: number | undefined
  readonly phase: string
  readonly closedBy: 'server' | 'client' | undefined
  readonly headers: { readonly authorization?: string | undefined }
  readonly body: unknown
}

export function toSeenRequest({ path, status, phase, closedBy, headers, body }: JournalEntry): SeenRequest {
  const { messages = [] } = (body ?? {}) as Partial<Pick<SeenRequest, 'messages'>>
  return {
    path,
    status,
    phase,
    closedBy,
    key: headers.authorization?.replace('Bearer ', ''),
    messages: messages.map(({ role, content }) => ({ role, content })),
  }
}

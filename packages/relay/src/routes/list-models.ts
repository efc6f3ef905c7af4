import type { ChatClientOptions } from '@chatstream/core'
import { jsonAnswer, type RelayAnswer } from '../http/relay-answer.js'
import { RelayError } from '../http/relay-error.js'
import type { RelayContext } from '../relay-context.js'
import type { RelayUser } from '../relay-options.js'
import { noteSecrets } from '../upstream/create-upstream.js'
import { readAll } from '../upstream/read-all.js'

/** A provider's list may be long, but not without end. */
const MAX_LIST_BYTES = 4 * 2 ** 20

/** How long a provider may take to list its models, in milliseconds. */
const MODELS_TIMEOUT_MS = 10_000

/** `GET /models`: those of the provider that may be asked for. */
export async function listModels<User extends RelayUser>(
  { options, redactor }: RelayContext<User>,
  gone: AbortSignal,
): Promise<RelayAnswer> {
  const { apiKey, refreshApiKey, models } = options
  let list: unknown
  try {
    const key = typeof apiKey === 'function' ? await apiKey() : apiKey
    let response = await ask(options, key, gone, redactor)
    if (response.status === 401 && refreshApiKey !== undefined) {
      await response.body?.cancel()
      response = await ask(options, await refreshApiKey(), gone, redactor)
    }
    list = response.ok ? await readList(response) : undefined
  } catch {
    list = undefined // told below: what a fetch throws names the address
  }
  const { data } = (list ?? {}) as { readonly data?: unknown }
  if (!Array.isArray(data)) {
    if (models === undefined) throw new RelayError(502, 'upstream_models', 'The provider lists no models.')
    return jsonAnswer(200, JSON.stringify({ object: 'list', data: models.map(toModel) }))
  }
  const allowed = models === undefined ? data : data.filter(isOneOf(models))
  return jsonAnswer(200, redactor.text(JSON.stringify({ ...(list as object), data: allowed })))
}

const toModel = (id: string): object => ({ id, object: 'model', created: 0, owned_by: '' })

const isOneOf = (models: readonly string[]) => (model: { readonly id?: unknown } | null) =>
  models.some((id) => id === model?.id)

async function ask(
  { baseURL = 'https://api.alltoken.ai/v1', headers: more, fetch = globalThis.fetch }: ChatClientOptions,
  key: string | undefined,
  gone: AbortSignal,
  redactor: RelayContext['redactor'],
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json', ...more })
  if (key) headers.set('authorization', `Bearer ${key}`)
  noteSecrets(headers, redactor)
  const signal = AbortSignal.any([gone, AbortSignal.timeout(MODELS_TIMEOUT_MS)])
  return fetch(`${baseURL.replace(/\/+$/, '')}/models`, { headers, signal })
}

async function readList({ body }: Response): Promise<unknown> {
  return body && JSON.parse(new TextDecoder().decode(await readAll(body, MAX_LIST_BYTES)))
}

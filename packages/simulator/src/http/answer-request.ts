import type { IncomingMessage } from 'node:http'
import type { JournalRecord } from '../journal/create-journal.js'
import type { Step } from '../steps/step.js'
import { answerCompletion } from './answer-completion.js'
import { ApiError } from './api-error.js'
import { listModels } from './list-models.js'
import { parseJson } from './parse-json.js'
import { readBody } from './read-body.js'
import type { RequestIdentity, SimulatorSettings } from './simulator-settings.js'

/**
 * Makes the steps that answer a request, by its route.
 *
 * @throws ApiError for a request that is answered with an HTTP error.
 */
export async function answerRequest(
  request: IncomingMessage,
  identity: RequestIdentity,
  record: JournalRecord,
  settings: SimulatorSettings,
): Promise<Iterable<Step>> {
  const text = await readBody(request, settings.maxBodyBytes)
  record.update({ body: text })
  if (request.method === 'OPTIONS') return [{ do: 'headers', status: 204, headers: {} }]

  const [pathname = ''] = (request.url ?? '').split('?')
  const [, route, modelId] = /\/v1\/(chat\/completions|models)(?:\/([^/]+))?\/?$/.exec(pathname) ?? []
  if (route === undefined) {
    throw new ApiError(404, `No route ${pathname}; there are /v1/chat/completions and /v1/models`)
  }
  const method = route === 'models' ? 'GET' : 'POST'
  if (request.method !== method) {
    throw new ApiError(405, `${pathname} wants ${method}`, { allow: `${method}, OPTIONS` })
  }
  const apiKey = readApiKey(request, settings.apiKeys)
  if (route === 'models') return listModels(modelId)
  const body = parseJson(text)
  record.update({ body })
  const faultHeader = String(request.headers['x-simulator-fault'] ?? '')
  return answerCompletion(body, { apiKey, faultHeader, identity, record, settings })
}

function readApiKey({ headers }: IncomingMessage, apiKeys: readonly string[] | undefined): string {
  const [, apiKey] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (apiKey === undefined) throw new ApiError(401, 'No API key: send the header Authorization: Bearer …')
  if (apiKeys !== undefined && !apiKeys.includes(apiKey)) throw new ApiError(401)
  return apiKey
}

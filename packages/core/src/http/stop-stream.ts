import { EMPTY } from 'rxjs'
import { type Fetch, fetchResponse } from './fetch-response.js'
import { type Endpoint, toStreamRequest } from './http-request.js'
import { readRefusal } from './read-response.js'

/** Tells the server to end an answer that it keeps. One that it does not know has ended. */
export async function stopStream(streamId: string, endpoint: Endpoint, fetch: Fetch): Promise<void> {
  const request = await toStreamRequest('DELETE', streamId, endpoint)
  const answer$ = fetchResponse(request, fetch, (response) =>
    response.ok || response.status === 404 ? EMPTY : readRefusal(response),
  )
  return new Promise((resolve, reject) => answer$.subscribe({ complete: resolve, error: reject }))
}

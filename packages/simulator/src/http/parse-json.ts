import { ApiError } from './api-error.js'

/**
 * Parses the body of a request.
 *
 * @throws ApiError with status 400 that says where the JSON is broken.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ApiError(400, text === '' ? 'The body is empty' : `The body is no JSON: ${reason}`)
  }
}

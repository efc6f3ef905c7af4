import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { pipeUIMessageStreamToResponse, streamText, toUIMessageStream } from 'ai'
import { apiKey, messages, model } from '../../ask.js'
import type { Serve } from '../bridge-contender.js'

export const serve: Serve = (baseURL) => {
  const provider = createOpenAICompatible({ name: 'fake', baseURL, apiKey })
  return (request, response) => {
    request.resume()
    const { stream } = streamText({ model: provider(model), messages })
    pipeUIMessageStreamToResponse({ response, stream: toUIMessageStream({ stream }) })
  }
}

import { isComment, parseSse } from '@chatstream/core'
import { lastValueFrom, scan } from 'rxjs'
import type { Decode } from '../decode.js'
import { bodyChunks } from './body-chunks.js'

export const decode: Decode = (response) =>
  lastValueFrom(
    bodyChunks(response).pipe(
      parseSse(),
      scan((text, event) => {
        if (isComment(event) || event.data === '[DONE]') return text
        return text + (JSON.parse(event.data).choices[0].delta.content ?? '')
      }, ''),
    ),
  )

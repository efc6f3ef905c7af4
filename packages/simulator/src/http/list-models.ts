import type { Model } from '../model/models.js'
import { findModel, models } from '../model/models.js'
import type { Step } from '../steps/step.js'
import { textStep } from '../steps/write-step.js'
import { ApiError } from './api-error.js'

/**
 * Makes the steps that list the models, or describe the one with the id.
 *
 * @throws ApiError with status 404 if there is no such model.
 */
export function listModels(id?: string): Step[] {
  if (id === undefined) return jsonSteps({ object: 'list', data: models.map(describe) })
  const model = findModel(id)
  if (model === undefined) throw unknownModel(id)
  return jsonSteps(describe(model))
}

/** Makes the error for a model that does not exist. */
export function unknownModel(id: string): ApiError {
  return new ApiError(
    404,
    `No model is named ${id}; there are: ${models.map((model) => model.id).join(', ')}`,
  )
}

function jsonSteps(value: unknown): Step[] {
  return [
    { do: 'headers', status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } },
    textStep(JSON.stringify(value)),
  ]
}

function describe({ id }: Model): unknown {
  return { id, object: 'model', created: 1_735_689_600, owned_by: 'simulator' }
}

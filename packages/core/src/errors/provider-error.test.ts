import { describe, expect, it } from 'vitest'
import { classifyStatus, providerError, reportsError } from './provider-error.js'

describe('classifyStatus', () => {
  it.each([
    [400, 'http', false],
    [401, 'authentication', false],
    [403, 'http', false],
    [404, 'http', false],
    [408, 'http', true],
    [409, 'http', true],
    [413, 'http', false],
    [422, 'http', false],
    [425, 'http', true],
    [429, 'rate-limit', true],
    [500, 'upstream', true],
    [502, 'upstream', true],
    [503, 'upstream', true],
    [504, 'upstream', true],
    [529, 'upstream', true],
  ])('%i is %s, retryable: %s', (status, kind, retryable) => {
    expect(classifyStatus(status)).toEqual({ kind, retryable })
  })
})

describe('reportsError', () => {
  it.each([
    { error: {} },
    { error: { message: 'x' } },
    { error: 'x' },
    { type: 'error' },
    { object: 'error', message: 'x' },
    { choices: [], error: { code: 500 } },
  ])('sees the error in %j', (value) => {
    expect(reportsError(value)).toBe(true)
  })

  it.each([{}, { error: null }, { error: '' }, { error: undefined }, { object: 'chat.completion.chunk' }])(
    'sees none in %j',
    (value) => {
      expect(reportsError(value)).toBe(false)
    },
  )
})

describe('providerError', () => {
  it('reads the error that AllToken sends', () => {
    const raw = { error: { message: 'Rate limit exceeded', type: 'rate_limit_error', code: 429 } }
    expect(providerError(raw)).toMatchObject({
      kind: 'rate-limit',
      message: 'Rate limit exceeded',
      type: 'rate_limit_error',
      code: 429,
      status: 429,
      retryable: true,
      raw,
    })
  })

  it.each([
    ['a number', { code: 503 }, 503, 'upstream'],
    ['a string of digits', { code: '401' }, 401, 'authentication'],
    ['a name', { code: 'rate_limit_exceeded' }, 429, 'rate-limit'],
    ['a name with a word that we know', { code: 'monthly_quota_reached' }, 429, 'rate-limit'],
    ['the name of a bad request', { code: 'context_length_exceeded' }, 400, 'http'],
    ['the name of a refused key', { code: 'invalid_api_key' }, 401, 'authentication'],
    ['the name of a missing right', { type: 'permission_error' }, 403, 'http'],
    ['the name of a missing model', { code: 'model_not_found' }, 404, 'http'],
    ['the name of a busy server', { type: 'overloaded_error' }, 529, 'upstream'],
    ['null, but a type', { code: null, type: 'authentication_error' }, 401, 'authentication'],
    ['a name we do not know, but a type', { code: 'tpm', type: 'rate_limit_error' }, 429, 'rate-limit'],
    ['in the field status', { status: 404 }, 404, 'http'],
    ['null, and nothing else', { code: null }, undefined, 'upstream'],
    ['no HTTP status', { code: 1001 }, undefined, 'upstream'],
    ['a success', { code: 200 }, undefined, 'upstream'],
    ['the name of a property of objects', { code: 'constructor' }, undefined, 'upstream'],
    ['an object', { code: { a: 1 } }, undefined, 'upstream'],
  ])('takes a code that is %s', (_what, error, status, kind) => {
    const reported = providerError({ error: { message: 'm', ...error } })
    expect(reported).toMatchObject({ message: 'm', kind })
    expect(reported.status).toBe(status)
  })

  it('keeps the code as it was sent', () => {
    expect(providerError({ error: { code: '429' } }).code).toBe('429')
    expect(providerError({ error: { code: 429 } }).code).toBe(429)
    expect(providerError({ error: { code: null } }).code).toBeUndefined()
  })

  it.each([
    ['a bare string', 'no luck'],
    ['an error that is a string', { error: 'no luck' }],
    ['the inner object alone', { message: 'no luck', type: 'server_error' }],
    ['a detail', { detail: 'no luck' }],
  ])('finds the message in %s', (_where, raw) => {
    expect(providerError(raw)).toMatchObject({ message: 'no luck', kind: 'upstream', raw })
  })

  it.each([{}, null, undefined, 5, [], { error: {} }, { error: { message: 5 } }, ''])(
    'has a message even for %j',
    (raw) => {
      expect(providerError(raw).message).toMatch(/without a message/)
      expect(providerError(raw, { status: 503 }).message).toMatch(/503/)
    },
  )

  it('goes by the status of the response, where there is one', () => {
    expect(providerError({ error: { code: 500 } }, { status: 400 })).toMatchObject({
      kind: 'http',
      status: 400,
      code: 500,
    })
  })

  it('does not ask to retry when a quota is used up', () => {
    expect(providerError({ error: { code: 'insufficient_quota' } }, { status: 429 })).toMatchObject({
      kind: 'rate-limit',
      retryable: false,
    })
  })
})

import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask, say, startRelay } from './start-relay.js'

const exporter = new InMemorySpanExporter()

beforeAll(() => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  )
})
beforeEach(() => exporter.reset())
afterAll(() => trace.disable())

const span = () => vi.waitFor(() => exporter.getFinishedSpans()[0] ?? expect.fail('no span'))

describe('a span', () => {
  it('tells of an answer by the conventions, and nothing of what was said', async () => {
    const { simulator, url } = await startRelay()
    await (
      await ask(url, { ...say('A secret'), temperature: 0.5, stream_options: { include_usage: true } })
    ).text()
    const { name, kind, attributes, status } = await span()
    expect({ name, kind, status }).toEqual({
      name: 'chat deepseek-chat',
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
    })
    expect(attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'alltoken',
      'gen_ai.request.model': 'deepseek-chat',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.response.id': expect.stringContaining('chatcmpl'),
      'gen_ai.response.model': 'deepseek-chat',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': expect.any(Number),
      'gen_ai.usage.output_tokens': expect.any(Number),
      'server.address': '127.0.0.1',
      'server.port': simulator.port,
    })
    expect(JSON.stringify(attributes)).not.toContain('secret')
  })

  it('tells of a failure', async () => {
    const { url } = await startRelay({}, { faults: 'status code=503' })
    await ask(url, {})
    expect(await span()).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'upstream' },
    })
  })
})

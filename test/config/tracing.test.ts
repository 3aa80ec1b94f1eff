import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { problemsOf } from './_support/problems.ts'

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' }

test('without a collector nobody is told of traces', () => {
  expect(readConfig({ OTEL_SERVICE_NAME: 'gate' }).tracing).toBeUndefined()
})

test('OpenTelemetry’s own variables are read', () => {
  const { tracing } = readConfig({
    ...ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20t, x-tenant = seoul',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2',
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
  })

  expect(tracing).toEqual({
    endpoint: 'http://localhost:4318/',
    headers: { authorization: 'Bearer t', 'x-tenant': 'seoul' },
    serviceName: 'daemun',
    resourceAttributes: { 'service.version': '1.2' },
    sampler: { kind: 'traceidratio', ratio: 0.25 },
  })
})

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'secret' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_RESOURCE_ATTRIBUTES: '=1' }, 'OTEL_RESOURCE_ATTRIBUTES'],
  [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER'],
  [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG'],
  [{ OTEL_TRACES_SAMPLER_ARG: 'half' }, 'OTEL_TRACES_SAMPLER_ARG'],
])('%o is refused, and not shown', (environment, variable) => {
  const problems = problemsOf({ ...ENDPOINT, ...environment })

  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${variable}: must be `))])
  expect(problems.join()).not.toMatch(/secret|zz|half|sometimes/)
})

import { describe, expect, test } from 'vitest'
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
    endpoint: 'http://localhost:4318',
    headers: { authorization: 'Bearer t', 'x-tenant': 'seoul' },
    serviceName: 'daemun',
    resourceAttributes: { 'service.version': '1.2' },
    sampler: { kind: 'traceidratio', ratio: 0.25 },
  })
})

test('the service is called as its resource says, unless it has a name of its own', () => {
  const nameOf = (environment: Record<string, string>) =>
    readConfig({ ...ENDPOINT, ...environment }).tracing?.serviceName
  const OTEL_RESOURCE_ATTRIBUTES = 'service.name=gate'

  expect(nameOf({ OTEL_RESOURCE_ATTRIBUTES })).toBe('gate')
  expect(nameOf({ OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME: 'door' })).toBe('door')
})

test('what is empty is as good as unset', () => {
  const empty = {
    OTEL_EXPORTER_OTLP_HEADERS: '',
    OTEL_SERVICE_NAME: ' ',
    OTEL_RESOURCE_ATTRIBUTES: ',',
    OTEL_TRACES_SAMPLER: '',
    OTEL_TRACES_SAMPLER_ARG: '',
  }
  expect(readConfig({ ...ENDPOINT, ...empty })).toEqual(readConfig(ENDPOINT))
  expect(readConfig({ ...empty, OTEL_EXPORTER_OTLP_ENDPOINT: '' }).tracing).toBeUndefined()
})

describe('of what changes nothing the log tells', () => {
  const warningsOf = (environment: Record<string, string>) =>
    readConfig(environment).warnings.map(({ variable, problem }) => `${variable}: ${problem}`)

  test('each', () => {
    const environment = {
      OTEL_SDK_DISABLED: 'true',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces',
      OTEL_EXPORTER_OTLP_ENDPIONT: 'http://localhost:4318',
    }
    expect(warningsOf(environment)).toEqual([
      'OTEL_SDK_DISABLED: is not read by this server',
      'OTEL_TRACES_EXPORTER: is not read by this server',
      'OTEL_EXPORTER_OTLP_PROTOCOL: is not read by this server',
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: is not read by this server; is OTEL_EXPORTER_OTLP_ENDPOINT meant?',
      'OTEL_EXPORTER_OTLP_ENDPIONT: is not read by this server; is OTEL_EXPORTER_OTLP_ENDPOINT meant?',
    ])
  })

  test('a share of what is not shared out', () => {
    const OTEL_TRACES_SAMPLER_ARG = '0.1'
    expect(warningsOf({ OTEL_TRACES_SAMPLER_ARG })).toEqual([
      'OTEL_TRACES_SAMPLER_ARG: has no effect with the OTEL_TRACES_SAMPLER parentbased_always_on',
    ])
    const OTEL_TRACES_SAMPLER = 'parentbased_traceidratio'
    expect(warningsOf({ OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG })).toEqual([])
  })

  test('but not of what OpenTelemetry reads by itself', () => {
    const environment = {
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_CERTIFICATE: '/etc/ssl/collector.pem',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'a=b',
      OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: '/etc/ssl/key.pem',
    }
    expect(warningsOf(environment)).toEqual([])
  })
})

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/?a=b' }, 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=b%0Asecret' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=secret%ED%95%9C' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'secret' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, 'OTEL_EXPORTER_OTLP_HEADERS'],
  [{ OTEL_RESOURCE_ATTRIBUTES: '=1' }, 'OTEL_RESOURCE_ATTRIBUTES'],
  [{ OTEL_TRACES_SAMPLER: 'sometimes' }, 'OTEL_TRACES_SAMPLER'],
  [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG'],
  [{ OTEL_TRACES_SAMPLER_ARG: 'half' }, 'OTEL_TRACES_SAMPLER_ARG'],
])('%o is refused, and not shown', (environment, variable) => {
  const problems = problemsOf({ ...ENDPOINT, ...environment })

  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${variable}: must `))])
  expect(problems.join()).not.toMatch(/secret|zz|half|sometimes/)
})

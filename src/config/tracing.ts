import type { TraceSampler, TracingConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const SAMPLER_ARG = 'OTEL_TRACES_SAMPLER_ARG'

const SAMPLERS = [
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
  'always_on',
  'always_off',
  'traceidratio',
] as const satisfies readonly TraceSampler['kind'][]

/**
 * Reads OpenTelemetry's own variables, as far as we use them.
 *
 * @see [OpenTelemetry environment variables](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/)
 */
export function readTracingConfig(reader: EnvironmentReader): TracingConfig | undefined {
  const text = reader.text(ENDPOINT)
  const tracing = {
    headers: readPairs(reader, 'OTEL_EXPORTER_OTLP_HEADERS'),
    serviceName: reader.text('OTEL_SERVICE_NAME') ?? 'daemun',
    resourceAttributes: readPairs(reader, 'OTEL_RESOURCE_ATTRIBUTES'),
    sampler: readSampler(reader),
  }
  const endpoint = text === undefined ? undefined : reader.url(ENDPOINT, text)?.href
  return endpoint === undefined ? undefined : { endpoint, ...tracing }
}

function readSampler(reader: EnvironmentReader): TraceSampler {
  const kind = reader.choice('OTEL_TRACES_SAMPLER', SAMPLERS, 'parentbased_always_on')
  const text = reader.text(SAMPLER_ARG)
  const ratio = text === undefined ? 1 : Number(text)
  if (ratio >= 0 && ratio <= 1) return { kind, ratio }
  reader.report(SAMPLER_ARG, 'must be a number from 0 to 1')
  return { kind, ratio: 1 }
}

/** A list such as `key=value,other=value`, the values percent-encoded. */
function readPairs(reader: EnvironmentReader, variable: string): Record<string, string> {
  const pairs = reader.list(variable).map(toPair)
  const known = pairs.filter((pair) => pair !== undefined)
  if (known.length < pairs.length) {
    reader.report(variable, 'must be a list such as key=value,other=value')
  }
  return Object.fromEntries(known)
}

function toPair(text: string): [string, string] | undefined {
  const [, name = '', value = ''] = /^([!#$%&'*+.^`|~\w-]+)\s*=\s*(.*)$/.exec(text) ?? []
  try {
    return name === '' ? undefined : [name, decodeURIComponent(value)]
  } catch {
    return undefined
  }
}

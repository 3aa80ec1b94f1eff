import { TRACE_SAMPLERS, type TraceSampler, type TracingConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT'
const SAMPLER_ARG = 'OTEL_TRACES_SAMPLER_ARG'
/** The service's name as a resource attribute; `OTEL_SERVICE_NAME` beats it. */
const NAME = 'service.name'

/**
 * Reads OpenTelemetry's own variables, as far as we use them.
 *
 * @see [OpenTelemetry environment variables](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/)
 */
export function readTracingConfig(reader: EnvironmentReader): TracingConfig | undefined {
  const text = reader.text(ENDPOINT)
  const resourceAttributes = readPairs(reader, 'OTEL_RESOURCE_ATTRIBUTES')
  const tracing = {
    headers: readHeaders(reader),
    serviceName: reader.text('OTEL_SERVICE_NAME') ?? resourceAttributes[NAME] ?? 'daemun',
    resourceAttributes,
    sampler: readSampler(reader),
  }
  return text === undefined ? undefined : { endpoint: reader.baseUrl(ENDPOINT, text), ...tracing }
}

/** Others cannot be sent, and would keep every trace from its collector. */
function readHeaders(reader: EnvironmentReader): Record<string, string> {
  const variable = 'OTEL_EXPORTER_OTLP_HEADERS'
  const headers = readPairs(reader, variable)
  if (!Object.values(headers).every((value) => /^[\t -~]*$/.test(value))) {
    reader.report(variable, 'must have values of printable ASCII characters')
  }
  return headers
}

function readSampler(reader: EnvironmentReader): TraceSampler {
  const kind = reader.choice('OTEL_TRACES_SAMPLER', TRACE_SAMPLERS, 'parentbased_always_on')
  const text = reader.text(SAMPLER_ARG)
  const ratio = text === undefined ? 1 : Number(text)
  if (!(ratio >= 0 && ratio <= 1)) {
    reader.report(SAMPLER_ARG, 'must be a number from 0 to 1')
    return { kind, ratio: 1 }
  }
  if (ratio < 1 && !kind.endsWith('traceidratio')) {
    reader.warn(SAMPLER_ARG, `has no effect with the OTEL_TRACES_SAMPLER ${kind}`)
  }
  return { kind, ratio }
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

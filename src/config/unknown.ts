import { countEdits } from '../count-edits.ts'
import type { ConfigProblem, EnvironmentReader } from './reader.ts'

/** Shorter names are too near to what others call theirs: `HOST`, `HOME`. */
const LEAST_LENGTH = 8
const MOST_EDITS = 2
/** Nobody else calls a variable so. */
const OUR_PREFIX = 'KAKAO_'
/** All of OpenTelemetry's are meant for whoever sends it traces, and few are read. */
const OTEL_PREFIX = 'OTEL_'
/** OpenTelemetry reads these by itself. */
const LEFT_TO_OTEL =
  /^OTEL_EXPORTER_OTLP_(TRACES_HEADERS|(TRACES_)?(COMPRESSION|CERTIFICATE|CLIENT_CERTIFICATE|CLIENT_KEY))$/

/**
 * Finds variables that nobody reads but whose names are near one that is read, probably typos; and
 * those of OpenTelemetry's that change nothing here.
 */
export function findUnknown(reader: EnvironmentReader): ConfigProblem[] {
  return reader.unasked().flatMap((name) => {
    if (LEFT_TO_OTEL.test(name)) return []
    const near = findNear(name, reader.asked())
    if (near === undefined && !name.startsWith(OTEL_PREFIX)) return []
    const hint = near === undefined ? '' : `; is ${near} meant?`
    return [{ variable: name, problem: `is not read by this server${hint}` }]
  })
}

function findNear(name: string, known: readonly string[]): string | undefined {
  return (
    known.find((one) => toLetters(one) === toLetters(name)) ??
    known.find((one) => one === name.replace('_OTLP_TRACES_', '_OTLP_')) ??
    known.find((one) => isPartOf(name, one) || isPartOf(one, name)) ??
    known.find((one) => isTypo(name, one))
  )
}

function toLetters(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}

function isPartOf(name: string, whole: string): boolean {
  return name.startsWith(OUR_PREFIX) && whole.startsWith(`${name}_`)
}

function isTypo(name: string, known: string): boolean {
  if (known.length < LEAST_LENGTH || Math.abs(name.length - known.length) > MOST_EDITS) return false
  return countEdits(name, known) <= MOST_EDITS
}

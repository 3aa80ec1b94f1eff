import type { LimitsConfig, Rate } from './config.ts'
import { getDuration, parseDuration } from './duration.ts'
import type { EnvironmentReader } from './reader.ts'

const MOST_COUNT = 1_000_000
const SHORTEST = '1s'
const LONGEST = '1d'

/** Outside production nobody is kept from trying things out. */
export function readLimitsConfig(
  reader: EnvironmentReader,
  { production }: { readonly production: boolean },
): LimitsConfig {
  const read = (variable: string, inProduction: string) =>
    readRate(reader, variable, production ? inProduction : 'off')
  return {
    login: read('RATE_LIMIT_LOGIN', '600/1m'),
    token: read('RATE_LIMIT_TOKEN', '600/1m'),
    user: read('RATE_LIMIT_USER', '120/1m'),
  }
}

/** @returns `undefined`: off. */
function readRate(reader: EnvironmentReader, variable: string, fallback: string): Rate | undefined {
  const text = reader.text(variable) ?? fallback
  if (text === 'off') return undefined
  const rate = parseRate(text)
  if (rate === undefined) {
    const bounds = `a count from 1 to ${MOST_COUNT} and a duration from ${SHORTEST} to ${LONGEST}`
    reader.report(variable, `must be off, or ${bounds}, such as 600/1m`)
  }
  return rate
}

function parseRate(text: string): Rate | undefined {
  const [, digits, duration = ''] = /^(\d{1,7})\/(\w+)$/.exec(text) ?? []
  const count = Number(digits)
  const windowMs = parseDuration(duration) ?? 0
  const isCount = count >= 1 && count <= MOST_COUNT
  const isWindow = windowMs >= getDuration(SHORTEST) && windowMs <= getDuration(LONGEST)
  return isCount && isWindow ? { count, windowMs } : undefined
}

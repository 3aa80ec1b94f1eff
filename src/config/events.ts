import type { EventsConfig, Receiver } from './config.ts'
import type { EnvironmentReader } from './reader.ts'
import type { Surroundings } from './surroundings.ts'

const URLS = 'WEBHOOK_URLS'
const SECRETS = 'WEBHOOK_SECRETS'
const LONGEST_URL = 2000

export function readEventsConfig(reader: EnvironmentReader, around: Surroundings): EventsConfig {
  return {
    receivers: readReceivers(reader, around),
    retryMs: reader.durations('WEBHOOK_RETRY', {
      fallback: '5s,30s,5m,30m,2h,5h,10h,14h,20h,24h',
      min: '0',
      max: '30d',
    }),
    auditRetentionMs: reader.duration('AUDIT_RETENTION', {
      fallback: '2y',
      min: '1d',
      max: '100y',
    }),
  }
}

function readReceivers(reader: EnvironmentReader, around: Surroundings): Receiver[] {
  const urls = readUrls(reader, around)
  const secrets = readSecrets(reader)
  if (urls.length !== secrets.length) {
    reader.report(SECRETS, `must have one entry for each of ${URLS}, in the same order`)
  }
  return urls.map((url, index) => ({ url, secrets: secrets[index] ?? [] }))
}

function readUrls(
  reader: EnvironmentReader,
  { production, rehearsal }: Surroundings,
): readonly string[] {
  const urls = reader.list(URLS)
  const parsed = urls.flatMap((url) => reader.url(URLS, url) ?? [])
  if (production && !rehearsal && parsed.some(({ protocol }) => protocol !== 'https:')) {
    reader.report(URLS, 'must be https in production')
  }
  if (urls.some((url) => url.length > LONGEST_URL)) {
    reader.report(URLS, `must have ${LONGEST_URL} characters at most each`)
  }
  if (new Set(parsed.map(({ href }) => href)).size < parsed.length) {
    reader.report(URLS, 'must name each URL once')
  }
  return urls
}

const LEAST_BYTES = 24
const MOST_BYTES = 64

/**
 * The secrets of each URL: one, or during a rotation several with blanks between them.
 *
 * @see [Standard Webhooks, signature scheme](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme)
 */
function readSecrets(reader: EnvironmentReader): (readonly Buffer[])[] {
  const entries = reader.list(SECRETS).map((entry) => entry.split(/\s+/).map(toSecret))
  const secrets = entries.map((entry) => entry.filter((secret) => secret !== undefined))
  if (entries.some((entry) => entry.includes(undefined))) {
    reader.report(
      SECRETS,
      `must be whsec_ and the base64 of ${LEAST_BYTES} to ${MOST_BYTES} random bytes each`,
    )
  }
  return secrets
}

function toSecret(text: string): Buffer | undefined {
  const base64 = /^whsec_(.+)$/.exec(text)?.[1] ?? ''
  const bytes = Buffer.from(base64, 'base64')
  const isWhole = bytes.toString('base64') === base64
  return isWhole && bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES ? bytes : undefined
}

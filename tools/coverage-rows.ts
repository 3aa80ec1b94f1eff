import { LOGIN_ERRORS } from '../src/emulator/authorize/redirect-back.ts'
import { VARIANTS } from '../src/emulator/control/webhook-schema.ts'
import { SENT_UNASKED } from '../src/emulator/webhooks/event-types.ts'
import { REFERRER_TYPES } from '../src/emulator/webhooks/unlink-webhook.ts'
import {
  KAKAO_CODES,
  KAKAO_ENDPOINTS,
  KAKAO_ERRORS,
  KAKAO_EVENT_TYPES,
  KAKAO_WEBHOOKS,
  type KakaoEndpointEntry,
  type KakaoField,
} from '../src/kakao/index.ts'
import { PROVOKED_CODES } from '../test/coverage/_support/provoked-codes.ts'
import { findLeftOut } from './coverage-left-out.ts'

/** One fact of the reference, and what becomes of it on either side. */
export interface CoverageRow {
  /** Also the title of its test. */
  readonly name: string
  /** The name without what the heading of its part says already. */
  readonly label: string
  readonly client: string
  readonly emulator: string
  /** Absent where the emulator leaves it out. */
  readonly testFile?: string
}

export interface CoveragePart {
  readonly title: string
  readonly rows: readonly CoverageRow[]
}

export const ENDPOINT_TESTS = 'test/coverage/endpoints.test.ts'
export const CODE_TESTS = 'test/coverage/codes.test.ts'
export const ERROR_TESTS = 'test/coverage/errors.test.ts'
export const WEBHOOK_TESTS = 'test/coverage/webhooks.test.ts'

/** Everything that the reference tells of Kakao Login, part by part. */
export function listCoverage(): CoveragePart[] {
  return [
    ...KAKAO_ENDPOINTS.map((endpoint) => ({
      title: `${endpoint.number}. ${toEndpointName(endpoint)}`,
      rows: endpointRows(endpoint),
    })),
    ...KAKAO_ERRORS.map(({ host, fields }) => ({
      title: `Errors of ${host}`,
      rows: fields.map((field) => fieldRow(`${host} error`, field, ERROR_TESTS)),
    })),
    { title: 'Errors that authorize sends back to the app', rows: LOGIN_ERRORS.map(loginErrorRow) },
    ...KAKAO_WEBHOOKS.map(({ name, fields }) => ({
      title: `Webhook ${name}`,
      rows: fields.map((field) => fieldRow(`${name} webhook`, field, WEBHOOK_TESTS)),
    })),
    { title: 'How an unlink comes about', rows: REFERRER_TYPES.map(referrerRow) },
    { title: 'Events', rows: Object.keys(KAKAO_EVENT_TYPES).map(eventRow) },
    { title: 'Webhooks that are wrong', rows: VARIANTS.map(variantRow) },
    { title: 'Error codes', rows: KAKAO_CODES.map(({ code }) => codeRow(code)) },
  ]
}

/** The rows that a test file has to prove. */
export function rowsOf(testFile: string): CoverageRow[] {
  return listCoverage()
    .flatMap(({ rows }) => rows)
    .filter((row) => row.testFile === testFile)
}

export function toEndpointName({ methods, path }: KakaoEndpointEntry): string {
  return `${methods.join('/')} ${path}`
}

function endpointRows(endpoint: KakaoEndpointEntry): CoverageRow[] {
  const name = toEndpointName(endpoint)
  const called = endpoint.calls.map((call) => `\`${call}\``).join(', ')
  return [
    row({ owner: '', label: name, client: called, emulator: 'answers' }, ENDPOINT_TESTS),
    ...Object.keys(endpoint.parameters).map((parameter) => parameterRow(name, parameter)),
    ...endpoint.responseFields.map((field) => fieldRow(name, field, ENDPOINT_TESTS)),
  ]
}

function parameterRow(owner: string, parameter: string): CoverageRow {
  const label = `parameter ${parameter}`
  return row({ owner, label, client: 'sends', emulator: 'heeds' }, ENDPOINT_TESTS)
}

function fieldRow(owner: string, { name, unread }: KakaoField, testFile: string): CoverageRow {
  const client = unread === undefined ? 'reads' : `leaves alone: ${unread}`
  return row({ owner, label: `field ${name}`, client, emulator: 'tells' }, testFile)
}

function loginErrorRow(error: string): CoverageRow {
  const client = 'leaves it to who handles the redirect'
  const fact = { owner: '', label: `authorize error ${error}`, client, emulator: 'sends' }
  return row(fact, CODE_TESTS)
}

function referrerRow(type: string): CoverageRow {
  const client = '`readUnlinkWebhook`'
  return row(
    { owner: '', label: `referrer_type ${type}`, client, emulator: 'sends' },
    WEBHOOK_TESTS,
  )
}

function eventRow(event: string): CoverageRow {
  const unasked: readonly string[] = SENT_UNASKED
  const emulator = unasked.includes(event) ? 'sends as it happens, and by hand' : 'sends by hand'
  const client = '`verifyAccountStatusWebhook`'
  return row({ owner: '', label: `event ${event}`, client, emulator }, WEBHOOK_TESTS)
}

function variantRow(variant: string): CoverageRow {
  const fact = { client: 'judges', emulator: 'sends by hand' }
  return row({ owner: '', label: `webhook variant ${variant}`, ...fact }, WEBHOOK_TESTS)
}

function codeRow(code: string | number): CoverageRow {
  const emulator = Object.hasOwn(PROVOKED_CODES, code) ? 'answers by itself' : 'answers as a fault'
  return row(
    { owner: '', label: `code ${code}`, client: '`explainKakaoCode`', emulator },
    CODE_TESTS,
  )
}

interface Fact extends Pick<CoverageRow, 'label' | 'client' | 'emulator'> {
  /** What the heading names, where the label alone would say too little. */
  readonly owner: string
}

function row({ owner, label, client, emulator }: Fact, testFile: string): CoverageRow {
  const name = `${owner} ${label}`.trim()
  const reason = findLeftOut(name)
  if (reason !== undefined) return { name, label, client, emulator: `left out: ${reason}` }
  return { name, label, client, emulator, testFile }
}

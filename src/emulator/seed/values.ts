import { isIP } from 'node:net'
import { z } from 'zod'
import { CONSENT_ITEMS, isConsentItemId } from '../consent-items.ts'

const GREATEST_ID = 2n ** 63n - 1n

/** Text; a number written without quotes is taken for the text it looks like. */
export const text = z
  .union([z.string(), z.int(), z.bigint()], { error: 'must be text' })
  .transform(String)
  .pipe(z.string().min(1, 'must not be empty').max(1000, 'is too long'))

/** A Kakao user id: up to 19 digits, kept as text. */
export const kakaoId = z
  .union([z.string(), z.int(), z.bigint()], {
    error: 'must be an id of up to 19 digits, in quotes if it is long',
  })
  .transform(String)
  .pipe(
    z
      .string()
      .refine(
        (id) => /^[1-9]\d{0,18}$/.test(id) && BigInt(id) <= GREATEST_ID,
        'must be an id of up to 19 digits',
      ),
  )

/** The id of a consent item. */
export const consentItemId = z.custom<keyof typeof CONSENT_ITEMS>(
  (value) => typeof value === 'string' && isConsentItemId(value),
  `must be one of ${Object.keys(CONSENT_ITEMS).join(', ')}`,
)

export const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })

/** An IP address, or a network as address and length of its prefix (RFC 4632, RFC 4291). */
export const networkAddress = z
  .string()
  .refine(isNetworkAddress, 'must be an address like "192.0.2.1" or a network like "192.0.2.0/24"')

function isNetworkAddress(value: string): boolean {
  const [address = '', length, ...rest] = value.split('/')
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)
  return bits > 0 && isLength && rest.length === 0
}

/** Such as `KOE320`. */
export const koeCode = z.string().regex(/^KOE\d+$/, 'must look like "KOE320"')

/** Statuses of answers that have no body (RFC 9110, sections 15.3 and 15.4). */
const BODILESS: readonly number[] = [204, 205, 304]

/** The HTTP status of an answer. */
export const httpStatus = z.int().min(200).max(599)

export function mayHaveBody(status: number | undefined): boolean {
  return status === undefined || !BODILESS.includes(status)
}

/** The HTTP status of an answer that has a body. */
export const statusWithBody = httpStatus.refine(mayHaveBody, 'is of answers without a body')

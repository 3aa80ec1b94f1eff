import { Hono } from 'hono'
import { z } from 'zod'
import type { Switches } from '../switches.ts'
import type { RouteEnv } from '../world.ts'
import { checkControlBody, readChanges } from './control-body.ts'
import type { Controls } from './controls.ts'

const status = z.int().min(200).max(599)
const seconds = z.int().nonnegative()

const switchesSchema = z.strictObject({
  codeTtlSeconds: seconds,
  errorPageStatus: status,
  unknownKeyStatus: status,
  tooManyTokensStatus: status,
  tokenLimits: z.boolean(),
  pkceFailureCode: z.string().regex(/^KOE\d+$/),
  plainChallenge: z.boolean(),
  unknownPromptIgnored: z.boolean(),
  renewalEndsOldRefreshToken: z.boolean(),
  nonceAfterRefresh: z.boolean(),
  idTokenType: z.string(),
  tokenChallenge: z.string(),
  loginRequiredText: z.string(),
  interactionRequiredText: z.string(),
  userinfoGender: z.enum(['lower', 'upper']),
  deprecatedProperties: z.boolean(),
  deprecatedFields: z.boolean(),
  usersShape: z.enum(['array', 'object']),
  userIdsPerMinute: z.int().positive(),
  shippingWithoutConsent: z.enum(['error', 'flag']),
  unagreedTermsRevocable: z.boolean(),
  logoutPage: z.boolean(),
  accountLogoutEndsTokens: z.boolean(),
  sseConfiguration: z.boolean(),
  unlinkWebhookBody: z.enum(['form', 'json']),
  ownUnlinkSendsEvent: z.boolean(),
  eventAudience: z.enum(['rest_api_key', 'app_id']),
  eventTransactionClaim: z.enum(['txm', 'txn']),
  eventAppId: z.boolean(),
  eventRetrySeconds: z.array(z.number().nonnegative()).max(10),
}) satisfies z.ZodType<Switches>

/** `GET, PATCH /_emulator/switches`: what Kakao does where nobody outside knows. */
export function switchesRoute({ world }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get('/_emulator/switches', (c) => c.json(world.switches))
    .patch('/_emulator/switches', async (c) => {
      const changes = await readChanges(c.req.raw)
      world.switches = checkControlBody({ ...world.switches, ...changes }, switchesSchema)
      return c.json(world.switches)
    })
}

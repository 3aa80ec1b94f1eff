import type { TestEngine } from '../../_support/engines.ts'
import { type Json, readJson } from '../../_support/login.ts'
import { APP, createWorld, KAKAO, type World, type WorldOptions } from '../../_support/world.ts'
import { demoSeed } from '../../emulator/_support/demo-app.ts'

export const UNLINK = '/webhooks/kakao/unlink/'
export const ACCOUNT_STATUS = '/webhooks/kakao/account-status/'

/** Our server, told by Kakao of what happens there. */
export async function createHookedWorld(
  engine: TestEngine,
  { app = {}, ...options }: WorldOptions & { app?: Parameters<typeof demoSeed>[0] } = {},
): Promise<World> {
  const webhooks = {
    unlink: { url: APP + UNLINK },
    account_status: { url: APP + ACCOUNT_STATUS },
  }
  const person = { email: 'haneul@example.com', is_email_valid: true, is_email_verified: true }
  const consentItems = [
    { id: 'profile_nickname', level: 'required' },
    { id: 'account_email', level: 'optional' },
  ] as const
  const seed = demoSeed(
    { webhooks, consent_items: [...consentItems], openid_connect: true, ...app },
    person,
  )
  return await createWorld({
    ...options,
    environment: {
      DATABASE_URL: await engine.createUrl(),
      SECRET_KEY: 'a secret for tests',
      ...options.environment,
    },
    emulator: { seed, ...options.emulator },
  })
}

/** Asks the emulator's control surface. */
export async function control(world: World, path: string, body: object): Promise<Json> {
  const request = new Request(`${KAKAO}/_emulator/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  return await readJson(await world.kakao.fetch(request))
}

/** A person cuts the tie in Kakao's own settings. */
export async function unlinkAtKakao(
  world: World,
  person: { readonly id: string },
  referrer_type = 'UNLINK_FROM_APPS',
): Promise<void> {
  await control(world, `people/${person.id}/unlink`, { app_id: 123456, referrer_type })
  await world.kakao.settled()
}

export interface SentWebhook {
  readonly token: string
  readonly deliveries: readonly { readonly status: number; readonly body: string }[]
}

/** Has Kakao send one, as its console's test tool does: nothing changes there. */
export async function sendWebhook(
  world: World,
  wanted: Record<string, unknown>,
): Promise<SentWebhook> {
  return (await control(world, 'webhooks', wanted)) as unknown as SentWebhook
}

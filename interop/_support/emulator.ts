import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { findFreeOrigin, type Served, serve } from './serve.ts'

/** The emulator's demo app. */
export const CLIENT_ID = 'demo-rest-api-key'
export const CLIENT_SECRET = 'demo-client-secret'

/** Demo people of the emulator. The second has an id longer than a double can hold. */
export const HANEUL = { id: '1000000001', nickname: '김하늘', email: 'haneul@example.com' }
export const SOL = { id: '1376016924429759228', nickname: '박솔', email: 'sol@example.com' }

/** Kakao on a socket. */
export interface ServedEmulator extends Served {
  readonly kakao: KakaoEmulator
}

/** A control call to the emulator, with JSON. */
export async function control(
  { kakao, origin }: ServedEmulator,
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: object = {},
): Promise<void> {
  const url = `${origin}/_emulator/${path}`
  const response = await kakao.fetch(new Request(url, { method, body: JSON.stringify(body) }))
  if (response.status !== 200) throw new Error(await response.text())
}

export async function startEmulator(): Promise<ServedEmulator> {
  const kakao = createKakaoEmulator()
  const served = await serve(await findFreeOrigin(), (request) => kakao.fetch(request))
  return { ...served, kakao }
}

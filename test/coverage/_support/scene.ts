import { createHash } from 'node:crypto'
import {
  createKakaoEmulator,
  type KakaoEmulator,
  type Switches,
} from '../../../src/emulator/index.ts'
import { createKakaoClient, type KakaoClient, type KakaoTokens } from '../../../src/kakao/index.ts'
import { NOON } from '../../_support/clock.ts'
import { FULL_SEED, ORIGIN, REDIRECT_URI } from './seed.ts'
import { type Exchange, type ParameterChange, recordExchange } from './trace.ts'

export interface SceneOptions {
  readonly switches?: Partial<Switches>
  /** One parameter gets another value on its way to the emulator. */
  readonly change?: ParameterChange
}

/** A client of ours and an emulator, with everything that passes between them. */
export interface Scene {
  readonly kakao: KakaoEmulator
  readonly exchanges: Exchange[]
  client(app: 'full' | 'manual'): KakaoClient
  /** A browser goes to an address. @returns Where it is sent back to, if anywhere. */
  open(url: string): Promise<URL | undefined>
  /** The person's tokens, by a login that asks for nothing in particular. */
  logIn(app?: 'full' | 'manual'): Promise<KakaoTokens>
}

export function createScene({ switches = {}, change }: SceneOptions = {}): Scene {
  let drawn = 0
  const kakao = createKakaoEmulator({
    seed: FULL_SEED,
    auto: true,
    now: () => NOON,
    // Every run draws the same codes and tokens, so that two runs can be compared.
    randomBytes(size) {
      drawn += 1
      return new Uint8Array(size).fill(drawn % 256).fill(drawn >> 8, 0, 1)
    },
    switches,
  })
  const exchanges: Exchange[] = []
  const send: typeof fetch = async (input, init) => {
    const exchange = await recordExchange(
      new Request(input, init),
      (request) => kakao.fetch(request),
      change,
    )
    exchanges.push(exchange)
    return exchange.response
  }

  const clients = { full: createClient('full-key', send), manual: createClient('manual-key', send) }
  const scene: Scene = {
    kakao,
    exchanges,
    client: (app) => clients[app],

    async open(url) {
      const response = await send(url)
      const location = response.headers.get('location')
      return location === null ? undefined : new URL(location)
    },

    async logIn(app = 'full') {
      const client = clients[app]
      const back = await scene.open(client.authorizeUrl({ redirectUri: REDIRECT_URI }))
      const code = back?.searchParams.get('code') ?? ''
      return await client.exchangeCode({ code, redirectUri: REDIRECT_URI })
    },
  }
  return scene
}

function createClient(restApiKey: string, send: typeof fetch): KakaoClient {
  return createKakaoClient({
    restApiKey,
    clientSecret: `secret of ${restApiKey}`,
    kauthUrl: ORIGIN,
    kapiUrl: ORIGIN,
    fetch: send,
    now: () => NOON,
    sleep: async () => {},
  })
}

export function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

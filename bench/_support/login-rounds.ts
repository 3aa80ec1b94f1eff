import type { KakaoStandIn } from './kakao.ts'
import { runLoad } from './load.ts'
import { type BegunLogin, beginLogin, finishLogin } from './logins.ts'
import { type Measured, measureLoad, type Parts } from './measure.ts'
import { toCode, toKakaoId } from './people.ts'

export interface LoginRound {
  readonly ports: readonly number[]
  readonly kakao: KakaoStandIn
  readonly connections: number
  readonly logins: number
  /** How many returning users the store has. */
  readonly users: number
}

/**
 * Logs returning users in, each once: first all set out, then Kakao's part is signed, which is not
 * measured, then all come back.
 *
 * @returns What both halves took together; the latencies are those of coming back.
 * @throws Some were not logged in.
 */
export async function measureLogins(round: LoginRound, parts: Parts): Promise<Measured> {
  const { ports, connections, logins: count, kakao } = round
  const people = chooseKakaoIds(round)
  const begun: BegunLogin[] = []
  const begin = await measureLoad(parts, () =>
    runLoad({
      ports,
      connections,
      count,
      work: async (connection) => {
        begun.push(await beginLogin(connection))
      },
    }),
  )

  await kakao.sign(begun.map(({ nonce }, index) => toCode(people[index] ?? '', nonce)))
  const finish = await measureLoad(parts, () =>
    runLoad({
      ports,
      connections,
      count,
      work: async (connection, index) => {
        const login = begun[index]
        if (login) await finishLogin(connection, login, people[index] ?? '')
      },
    }),
  )
  return addUp(begin, finish)
}

function addUp(begin: Measured, finish: Measured): Measured {
  const seconds = begin.result.seconds + finish.result.seconds
  const { done } = finish.result
  const cpu = Object.entries(finish.cpu).map(
    ([part, used]) => [part, used + (begin.cpu[part] ?? 0)] as const,
  )
  return {
    result: { ...finish.result, seconds, perSecond: done / seconds },
    cpu: Object.fromEntries(cpu),
  }
}

/** Different ones, as far apart in the store as they can be. */
function chooseKakaoIds({ logins, users }: LoginRound): string[] {
  const first = Math.floor(Math.random() * users)
  const step = Math.max(1, Math.floor(users / logins))
  return Array.from({ length: logins }, (_, index) =>
    toKakaoId(((first + index * step) % users) + 1),
  )
}

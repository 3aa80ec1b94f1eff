import type { Config } from '../config/index.ts'
import { type Db, type Eraser, toRecordBytes } from '../db/index.ts'
import type { UnitOfWork, WithdrawnBy } from '../events/index.ts'
import type { KeptToken, KeptTokens } from '../kept-tokens/index.ts'
import { endSessionsOfUser, removeCodesOfUser, tellEnded } from '../sessions/index.ts'
import {
  findUser,
  listIdentities,
  lockIdentities,
  lockUser,
  removeUser,
  type User,
} from '../users/index.ts'
import { insertDepartedUser } from './departed-user-store.ts'
import { noteEndedLink } from './ended-link-store.ts'
import { insertRejoinBar } from './rejoin-bar-store.ts'
import { type Retained, retain } from './retention.ts'
import { requestUnlink, type UnlinkDeps } from './unlink-job.ts'

export interface WithdrawDeps extends UnlinkDeps {
  readonly keptTokens: KeptTokens
  readonly eraser: Eraser
  readonly config: Pick<Config, 'kakao' | 'withdrawal'>
  readonly randomBytes: (size: number) => Uint8Array
}

export interface Withdrawal {
  readonly userId: string
  readonly by: WithdrawnBy
  /** A word for the event and for what stays of the user: never anything personal. */
  readonly reason: string
  /** Whether the links at Kakao are still there, and have to be ended. */
  readonly unlinkAtKakao: boolean
}

/** What somebody who leaves is told. */
export interface Departure {
  readonly withdrawnAt: Date
  /** When they may come back; `null`: whenever they like. */
  readonly rejoinAt: Date | null
  readonly retained: readonly Retained[]
}

/**
 * Ends a user: sessions, personal data, everything that leads back to the person, but for what has
 * to be retained. All of it in the transaction of the unit.
 *
 * @returns `undefined` when there is no such user, or not any more.
 */
export async function withdraw(
  deps: WithdrawDeps,
  unit: UnitOfWork,
  { userId, by, reason, unlinkAtKakao }: Withdrawal,
): Promise<Departure | undefined> {
  const { db, at } = unit
  const tokens = await findTokens(deps, db, userId)
  const kakaoIds = await cutOff(db, userId)
  const user = await findUser(db, userId)
  if (user === undefined) return undefined

  tellEnded(unit, await endSessionsOfUser(db, userId), 'withdrawn')
  unit.tell({ type: 'user.withdrawn', userId, data: { by, reason } })
  await unit.flush()

  const { retention } = deps.config.withdrawal
  const retained = await retain({ ...deps, retention }, unit, { userId, kakaoIds })
  await removeUser(db, userId)
  await deps.jobs.forget(unit, userId)
  await insertDepartedUser(db, { id: userId, departedAt: at, by, reason })
  const rejoinAt = await barFromRejoining(deps, unit, kakaoIds)
  for (const kakaoId of kakaoIds) {
    if (unlinkAtKakao) {
      await requestUnlink(deps, unit, { kakaoId, userId, token: tokens.get(kakaoId) })
    } else {
      await noteEndedLink(db, deps.kakaoIdHash.derive(kakaoId), at)
    }
  }
  unit.afterCommit(() => deps.eraser.erase([...kakaoIds, ...toTraces(user)]))
  return { withdrawnAt: at, rejoinAt, retained }
}

/** What shows that the row of a user is somewhere still. Others may have the same nickname. */
function toTraces({ id, createdAt, nickname, email, phoneNumber }: User): (string | Buffer)[] {
  const row = nickname === null ? null : toRecordBytes([id, createdAt, nickname])
  return [email, phoneNumber, row].filter((trace) => trace !== null)
}

/** What could end the links where there is no admin key: the tokens go with their sessions. */
async function findTokens(
  { keptTokens, config }: WithdrawDeps,
  db: Db,
  userId: string,
): Promise<ReadonlyMap<string, KeptToken>> {
  const tokens = new Map<string, KeptToken>()
  if (config.kakao.adminKeys.length > 0) return tokens
  for (const { kakaoId } of await listIdentities(db, userId)) {
    const token = await keptTokens.findNewest(db, kakaoId)
    if (token !== undefined) tokens.set(kakaoId, token)
  }
  return tokens
}

/**
 * Sees to it that nobody comes in any more, and waits for those who are just coming in. A sign-in
 * takes the identity first, then the user; an exchange the code first: whoever took them the other
 * way round would wait in a ring.
 *
 * @returns The Kakao ids that lead in.
 */
async function cutOff(db: Db, userId: string): Promise<string[]> {
  await lockIdentities(db, userId)
  await removeCodesOfUser(db, userId)
  await lockUser(db, userId)
  // Once more: one may have been tied this moment.
  return await lockIdentities(db, userId)
}

/** @returns When they may come back; `null`: whenever they like. */
async function barFromRejoining(
  { config, kakaoIdHash }: WithdrawDeps,
  { db, at }: UnitOfWork,
  kakaoIds: readonly string[],
): Promise<Date | null> {
  const { rejoinAfterMs } = config.withdrawal
  if (rejoinAfterMs === 0) return null
  const until = new Date(at.getTime() + rejoinAfterMs)
  for (const kakaoId of kakaoIds) {
    await insertRejoinBar(db, { kakaoIdHash: kakaoIdHash.derive(kakaoId), until })
  }
  return until
}

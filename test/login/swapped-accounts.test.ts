import { expect, test } from 'vitest'
import { POSTGRES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { watchPostgres } from '../_support/postgres-watch.ts'
import { BADA, createWorld, HANEUL } from '../_support/world.ts'

test('two browsers that swap two accounts at once both come in', async () => {
  const watch = await watchPostgres(await POSTGRES.createUrl())
  const world = await createWorld({ environment: { DATABASE_URL: watch.url } })
  const [one, other] = [world.browser(), world.browser()]
  await login(world, one, HANEUL)
  await login(world, other, BADA)
  await world.daemun.work()
  const callbacks = [
    await goToKakao(world, one, BADA),
    await goToKakao(world, other, HANEUL),
  ] as const
  // Each has the user of its former session by now, and is about to want the other one.
  const release = await watch.lock('sessions', 'share')

  const coming = Promise.all([one.get(callbacks[0]), other.get(callbacks[1])])
  await expect.poll(watch.countWaiting).toBe(2)
  await release()
  const answers = await Promise.all((await coming).map(readJson))

  expect(answers).toMatchObject([
    { social_id: `kakao_${BADA.id}` },
    { social_id: `kakao_${HANEUL.id}` },
  ])
  await world.close()
  await watch.close()
})

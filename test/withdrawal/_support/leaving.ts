import type { Browser } from '../../_support/browser.ts'
import { KAKAO, type World } from '../../_support/world.ts'

export async function leave(browser: Browser): Promise<Response> {
  return await browser.delete('/me/')
}

/** Whether Kakao has a person linked to our app. */
export async function isLinked(world: World, { id }: { id: string }): Promise<boolean> {
  const url = `${KAKAO}/_emulator/people/${id}/links`
  const answer = await world.kakao.fetch(new Request(url))
  const { links } = (await answer.json()) as { links: unknown[] }
  return links.length > 0
}

const UNLINK_PATH = '/v1/user/unlink'

/** What Kakao answered to each unlink that reached it, oldest first. */
export async function readUnlinks(world: World): Promise<number[]> {
  const answer = await world.kakao.fetch(new Request(`${KAKAO}/_emulator/journal`))
  const { requests } = (await answer.json()) as { requests: { path: string; status: number }[] }
  return requests.filter(({ path }) => path === UNLINK_PATH).map(({ status }) => status)
}

/** Has Kakao fail unlinks, until told otherwise. */
export async function failUnlinks(world: World, fault: object): Promise<void> {
  const body = JSON.stringify({ path: UNLINK_PATH, ...fault })
  await world.kakao.fetch(new Request(`${KAKAO}/_emulator/faults`, { method: 'POST', body }))
}

export async function endFaults(world: World): Promise<void> {
  await world.kakao.fetch(new Request(`${KAKAO}/_emulator/faults`, { method: 'DELETE' }))
}

import type { World } from '../../_support/world.ts'

/** Headers of a request that came to the one proxy before us from an address. */
export function from(address: string): { 'x-forwarded-for': string } {
  return { 'x-forwarded-for': address }
}

/** Asks for the start of a login. */
export async function startFrom(world: World, address: string): Promise<Response> {
  return await world.browser().get('/oauth/kakao/login/', from(address))
}

/** Asks for so many. @returns The last answer's status. */
export async function startOften(world: World, address: string, times: number): Promise<number> {
  let status = 0
  for (let time = 0; time < times; time += 1) status = (await startFrom(world, address)).status
  return status
}

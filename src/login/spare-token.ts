import type { Config } from '../config/index.ts'

/** Kakao's access token for work behind the answer, where no admin key makes it needless. */
export function toSpareToken(
  { kakao }: Pick<Config, 'kakao'>,
  accessToken: string | undefined,
): { readonly accessToken?: string } {
  const isNeeded = kakao.adminKeys.length === 0 && accessToken !== undefined
  return isNeeded ? { accessToken } : {}
}

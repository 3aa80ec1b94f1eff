import type { EnvironmentReader } from './reader.ts'
import { isPublicHttps } from './url.ts'

/** What depends on where we run rather than on Kakao. */
export interface Surroundings {
  readonly production: boolean
  /** Production where http and loopback URLs are allowed: rehearsals and benchmarks. */
  readonly rehearsal: boolean
  readonly port: number
}

/** In production nobody else may read what goes to our addresses, and everybody has to reach them. */
export function checkProductionUrl(
  reader: EnvironmentReader,
  variable: string,
  { url, production, rehearsal }: Pick<Surroundings, 'production' | 'rehearsal'> & { url: string },
): void {
  if (production && !rehearsal && !isPublicHttps(url)) {
    reader.report(variable, 'must be https and not loopback in production')
  }
}

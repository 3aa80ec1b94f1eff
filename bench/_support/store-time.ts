import { METRICS_TOKEN } from './server.ts'

/**
 * How long an instance has waited for its store so far, in seconds, all requests together.
 *
 * @returns `undefined`: it does not tell.
 */
export async function readStoreSeconds(port: number): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  })
  const text = await answer.text()
  const sums = [...text.matchAll(/^daemun_store_duration_seconds_sum(?:\{[^}]*\})? (\S+)$/gm)]
  if (!answer.ok || sums.length === 0) return undefined
  return sums.reduce((total, [, seconds]) => total + Number(seconds), 0)
}

import type { ServedWorld } from './served-world.ts'

interface JournalEntry {
  readonly method: string
  readonly path: string
  readonly query: Record<string, string>
  readonly status: number
}

/** What Kakao was asked at a path, oldest first. */
export async function readJournal(
  { kakaoUrl }: ServedWorld,
  path: string,
): Promise<JournalEntry[]> {
  const response = await fetch(`${kakaoUrl}/_emulator/journal`)
  const { requests } = (await response.json()) as { requests: JournalEntry[] }
  return requests.filter((entry) => entry.path === path)
}

/** How many of a person's tokens Kakao still honours. */
export async function countLiveTokens(
  { kakaoUrl }: ServedWorld,
  personId: string,
): Promise<number> {
  const response = await fetch(`${kakaoUrl}/_emulator/people/${personId}/links`)
  const { links } = (await response.json()) as { links: { live_tokens: number }[] }
  return links.reduce((sum, { live_tokens }) => sum + live_tokens, 0)
}

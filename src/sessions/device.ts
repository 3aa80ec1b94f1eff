import Bowser from 'bowser'
import { LRUCache } from 'lru-cache'

const LONGEST_USER_AGENT = 512
/** Of what is no browser, the name is whatever it says. */
const LONGEST_NAME = 64
/** Few browsers are in use at a time, and to tell one by its rules takes longer than to query the store. */
const known = new LRUCache<string, string>({ max: 500 })

/** Names the device behind a `User-Agent` for its owner: `Chrome, macOS`. */
export function describeDevice(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') return 'unknown'
  const text = userAgent.slice(0, LONGEST_USER_AGENT)
  const device = known.get(text) ?? parse(text)
  known.set(text, device)
  return device
}

function parse(userAgent: string): string {
  const { browser, os } = Bowser.parse(userAgent)
  const names = [browser.name, os.name].filter((name) => name !== undefined && name !== '')
  return names.length > 0 ? names.join(', ').slice(0, LONGEST_NAME) : 'unknown'
}

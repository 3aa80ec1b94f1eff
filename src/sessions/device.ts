import Bowser from 'bowser'

const LONGEST_USER_AGENT = 512

/** Names the device behind a `User-Agent` for its owner: `Chrome, macOS`. */
export function describeDevice(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') return 'unknown'
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST_USER_AGENT))
  const names = [browser.name, os.name].filter((name) => name !== undefined && name !== '')
  return names.length > 0 ? names.join(', ') : 'unknown'
}

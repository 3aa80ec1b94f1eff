import Bowser from 'bowser'

const LONGEST_USER_AGENT = 512
/** Of what is no browser, the name is whatever it says. */
const LONGEST_NAME = 64

/** Names the device behind a `User-Agent` for its owner: `Chrome, macOS`. */
export function describeDevice(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') return 'unknown'
  const { browser, os } = Bowser.parse(userAgent.slice(0, LONGEST_USER_AGENT))
  const names = [browser.name, os.name].filter((name) => name !== undefined && name !== '')
  return names.length > 0 ? names.join(', ').slice(0, LONGEST_NAME) : 'unknown'
}

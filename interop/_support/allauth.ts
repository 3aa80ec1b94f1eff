import { execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const APP = fileURLToPath(new URL('allauth_app.py', import.meta.url))

/** What a login at the Django site led to. */
export interface AllauthOutcome {
  readonly location: string | null
  readonly uid: string | null
  readonly nickname: string | null
  readonly email: string | null
  readonly verified: boolean | null
  readonly error: string | null
}

/** A Python that has django-allauth: Debian's package belongs to Debian's own. */
export function findPython(): string | undefined {
  return ['python3', '/usr/bin/python3'].find((python) => {
    try {
      execFileSync(python, ['-c', 'import allauth, django'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

/**
 * Plays a login at a Django site.
 *
 * @param visit Takes the visitor from the address at Kakao back to the site's own.
 */
export async function logInAtDjango(
  python: string,
  kakao: { readonly origin: string; readonly clientId: string; readonly clientSecret: string },
  visit: (url: string) => Promise<URL>,
): Promise<AllauthOutcome> {
  const args = [APP, kakao.origin, kakao.clientId, kakao.clientSecret]
  const site = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: site.stdout })[Symbol.asyncIterator]()
  const readLine = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error('the Django site ended without an answer')
    return value
  }

  const back = await visit(await readLine())
  site.stdin.end(`${back.href}\n`)
  return JSON.parse(await readLine()) as AllauthOutcome
}

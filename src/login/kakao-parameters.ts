import { ProblemError } from '../errors.ts'

/** What a login's start passes through to Kakao, checked. */
export interface KakaoParameters {
  readonly prompt: readonly string[]
  readonly scopes: readonly string[]
  readonly serviceTerms: readonly string[]
  readonly loginHint: string | undefined
}

const PROMPTS = new Set(['login', 'create', 'select_account', 'none'])
const LONGEST_HINT = 256

/**
 * Checks the parameters of a login's start that go on to Kakao.
 *
 * @throws {ProblemError} `parameter_invalid`, naming the parameter.
 */
export function readKakaoParameters(query: {
  prompt?: string | undefined
  scope?: string | undefined
  service_terms?: string | undefined
  login_hint?: string | undefined
}): KakaoParameters {
  return {
    prompt: readPrompt(query.prompt),
    scopes: readList('scope', query.scope),
    serviceTerms: readList('service_terms', query.service_terms),
    loginHint: readHint(query.login_hint),
  }
}

function readPrompt(text: string | undefined): string[] {
  const prompt = readList('prompt', text)
  const isKnown = prompt.every((value) => PROMPTS.has(value))
  const isAlone = prompt.length === 1 || !prompt.includes('none')
  if (!isKnown || !isAlone) throw invalid('prompt')
  return prompt
}

/** A list by comma or space. */
function readList(name: string, text: string | undefined): string[] {
  if (text === undefined) return []
  const entries = text.split(/[ ,]+/).filter((entry) => entry !== '')
  if (!entries.every((entry) => /^[A-Za-z0-9_.-]+$/.test(entry))) throw invalid(name)
  return entries
}

function readHint(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const isPrintable = !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)
  if (text.length > LONGEST_HINT || !isPrintable) throw invalid('login_hint')
  return text
}

function invalid(name: string): ProblemError {
  return new ProblemError('parameter_invalid', { detail: `The parameter ${name} is not valid.` })
}

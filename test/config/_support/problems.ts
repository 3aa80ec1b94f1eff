import { ConfigError, readConfig } from '../../../src/config/index.ts'

/** As little as production needs. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  KAKAO_REST_API_KEY: 'rest-key',
  KAKAO_REDIRECT_URI: 'https://service.example/oauth/kakao/login/callback/',
  SECRET_KEY: 'q8Zr1vXw5TnKb3LmYc7UdF2hJs9GaE4p',
}

/** The lines of a refusal; none where the environment is taken. */
export function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

/** The variables that were complained of. */
export function blamedIn(environment: Record<string, string>): string[] {
  return problemsOf(environment).map((line) => line.slice(0, line.indexOf(':')))
}

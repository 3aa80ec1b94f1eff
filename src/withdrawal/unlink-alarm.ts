import { KakaoUnavailableError, KapiError, KauthError } from '../kakao/index.ts'

/** Tells that links cannot be ended: when it begins, when the cause changes, when it is over. */
export interface UnlinkAlarm {
  raise(error: unknown): void
  end(): void
}

export interface UnlinkAlarmDeps {
  readonly onRaise: (error: unknown) => void
  readonly onEnd: () => void
}

export function createUnlinkAlarm({ onRaise, onEnd }: UnlinkAlarmDeps): UnlinkAlarm {
  let cause: string | number | undefined

  return {
    raise(error) {
      const found = toCause(error)
      if (found === cause) return
      cause = found
      onRaise(error)
    },

    end() {
      if (cause === undefined) return
      cause = undefined
      onEnd()
    },
  }
}

/** All the ways in which there may be no answer are one: they take turns while Kakao is away. */
function toCause(error: unknown): string | number {
  if (error instanceof KakaoUnavailableError) return 'unavailable'
  if (error instanceof KapiError) return error.kakaoCode
  if (error instanceof KauthError) return error.kakaoCode ?? error.status
  return 'other'
}

import type { KakaoAccountEvent } from '../kakao/index.ts'

/**
 * What an event of Kakao's does here. Nothing is done that is not named. Sessions are those of the
 * identity that were begun by then; the rest is left alone where the person has signed in since.
 */
export interface Effect {
  /** `end_unless_ours`: not where a log-out of ours did it; `doubt`: they count as recent no more. */
  readonly sessions?: 'end' | 'end_unless_ours' | 'doubt'
  /** An unlink of ours has it follow too: then it is about a link that is no more. */
  readonly followsUnlink?: true
  /** Kakao's tokens that we keep: all of them, or those that Kakao honours no more. */
  readonly kakaoTokens?: 'erase' | 'erase_revoked'
  /** E-mail address and phone number may be somebody else's now. */
  readonly contacts?: 'erase'
  /** Have profile and consents read anew. */
  readonly reread?: true
  readonly link?: 'needs_login' | 'suspend' | 'lift_suspension' | 'check' | 'purge'
  /** Somebody should look at it. */
  readonly alarm?: true
  /** So frequent that only their number matters. */
  readonly unkept?: true
}

const NOTHING: Effect = {}
const REREAD: Effect = { reread: true }
const NEEDS_LOGIN: Effect = { sessions: 'end', kakaoTokens: 'erase', link: 'needs_login' }

type PlainType = Exclude<KakaoAccountEvent['type'], 'credential-change' | 'assurance-level-change'>

const EFFECTS: Readonly<Record<PlainType, Effect>> = {
  'user-linked': NOTHING,
  'user-unlinked': { sessions: 'end', kakaoTokens: 'erase', link: 'check', followsUnlink: true },
  'user-scope-consent': REREAD,
  'user-scope-withdraw': REREAD,
  'tokens-revoked': {
    sessions: 'end_unless_ours',
    kakaoTokens: 'erase',
    link: 'needs_login',
    followsUnlink: true,
  },
  'token-revoked': { kakaoTokens: 'erase_revoked' },
  'token-issued': { unkept: true },
  'account-disabled': { sessions: 'end', kakaoTokens: 'erase', link: 'suspend' },
  'account-enabled': { link: 'lift_suspension' },
  'account-purged': { sessions: 'end', kakaoTokens: 'erase', link: 'purge' },
  'account-credential-change-required': NEEDS_LOGIN,
  'credential-compromise': { ...NEEDS_LOGIN, alarm: true },
  'identifier-changed': REREAD,
  'identifier-recycled': { contacts: 'erase', reread: true },
  'sessions-revoked': { sessions: 'end' },
  'user-profile-changed': REREAD,
  unknown: NOTHING,
}

/** Whether an event changes nothing here: then nobody need wait for it. */
export function isIdle(effect: Effect): boolean {
  return effect === NOTHING || effect.unkept === true
}

/** Every event of the account-status webhook, and what it does. */
export function toEffect(event: KakaoAccountEvent): Effect {
  switch (event.type) {
    // A credential more takes nothing from anybody.
    case 'credential-change':
      return event.changeType === 'create' ? NOTHING : { sessions: 'end' }
    case 'assurance-level-change':
      return event.changeDirection === 'increase' ? NOTHING : { sessions: 'doubt' }
    default:
      return EFFECTS[event.type]
  }
}

import type {
  WireAccountEvent,
  WireAccountStatusClaims,
  WireEventSubject,
  WireUnlinkWebhook,
} from '../wire.ts'
import { ALWAYS, listFields, MAYBE } from './fields-of.ts'

/** What Kakao's webhooks send. */
export const WEBHOOK_FIELDS = {
  unlink: listFields<WireUnlinkWebhook>('', {
    app_id: ALWAYS,
    user_id: ALWAYS,
    referrer_type: ALWAYS,
    group_user_token: MAYBE,
  }),
  accountStatus: [
    ...listFields<WireAccountStatusClaims>('', {
      iss: ALWAYS,
      aud: ALWAYS,
      sub: MAYBE,
      iat: ALWAYS,
      jti: ALWAYS,
      toe: MAYBE,
      txm: MAYBE,
      txn: MAYBE,
      events: ALWAYS,
    }),
    ...listFields<WireAccountEvent>('events[].', {
      subject: MAYBE,
      reason: MAYBE,
      credential_type: MAYBE,
      change_type: MAYBE,
      change_direction: MAYBE,
      current_level: MAYBE,
      previous_level: MAYBE,
    }),
    ...listFields<WireEventSubject>('events[].subject.', {
      subject_type: { ...ALWAYS, unread: 'The subject is known by iss and sub alone.' },
      iss: MAYBE,
      sub: MAYBE,
    }),
  ],
} as const

import type { WireKakaoAccount } from '../../kakao/wire.ts'
import type { ConsentItemId } from '../consent-items.ts'
import { hasConsentItem } from '../state/apps.ts'
import { ACCOUNT_ITEMS } from './account-items.ts'
import type { AccountView } from './account-view.ts'
import type { Caller } from './caller.ts'
import { toProfile, toProfileFlags } from './profile.ts'

/**
 * `kakao_account` of `/v2/user/me`.
 *
 * A flag `…_needs_agreement` is there for every configured item: `true` while there is a value to
 * be had by asking, `false` once agreed or where the account has none.
 *
 * @returns `undefined` when there is nothing to say at all.
 */
export function findKakaoAccount(caller: Caller, view: AccountView): WireKakaoAccount | undefined {
  const account: WireKakaoAccount = {}
  if (view.wants('kakao_account.profile')) {
    Object.assign(account, toProfileFlags(caller), toProfile(caller, view))
  }
  for (const { property, scope, flag, values } of ACCOUNT_ITEMS) {
    if (!view.wants(`kakao_account.${property}`) || !hasConsentItem(caller.app, scope)) continue
    Object.assign(account, toItem(caller, scope, flag, values(caller.person)))
  }
  return Object.keys(account).length === 0 ? undefined : account
}

function toItem(
  { link }: Caller,
  scope: ConsentItemId,
  flag: keyof WireKakaoAccount,
  values: Partial<WireKakaoAccount> | undefined,
): Partial<WireKakaoAccount> {
  const agreed = link.agreedAt.has(scope)
  return { [flag]: !agreed && values !== undefined, ...(agreed && values) }
}

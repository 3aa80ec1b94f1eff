/** A consent item of Kakao Login: what a person may agree to share, or to let the app do. */
interface ConsentItemText {
  readonly type: 'PRIVACY' | 'SERVICE'
  readonly ko: string
  readonly en: string
}

/** Every consent item by its id, which is also its `scope`. */
export const CONSENT_ITEMS = {
  profile: {
    type: 'PRIVACY',
    ko: '프로필 정보(닉네임/프로필 사진)',
    en: 'Profile (nickname and photo)',
  },
  profile_nickname: { type: 'PRIVACY', ko: '닉네임', en: 'Nickname' },
  profile_image: { type: 'PRIVACY', ko: '프로필 사진', en: 'Profile photo' },
  account_email: { type: 'PRIVACY', ko: '카카오계정(이메일)', en: 'Kakao Account (e-mail)' },
  name: { type: 'PRIVACY', ko: '이름', en: 'Name' },
  gender: { type: 'PRIVACY', ko: '성별', en: 'Gender' },
  age_range: { type: 'PRIVACY', ko: '연령대', en: 'Age range' },
  birthday: { type: 'PRIVACY', ko: '생일', en: 'Birthday' },
  birthyear: { type: 'PRIVACY', ko: '출생 연도', en: 'Year of birth' },
  phone_number: { type: 'PRIVACY', ko: '전화번호', en: 'Phone number' },
  account_ci: { type: 'PRIVACY', ko: 'CI(연계정보)', en: 'CI (connecting information)' },
  shipping_address: { type: 'PRIVACY', ko: '배송지 정보', en: 'Shipping addresses' },
  friends: { type: 'SERVICE', ko: '카카오 서비스 내 친구 목록', en: 'Friends on Kakao services' },
  talk_message: { type: 'SERVICE', ko: '카카오톡 메시지 전송', en: 'Send KakaoTalk messages' },
  plusfriends: {
    type: 'SERVICE',
    ko: '카카오톡 채널 추가 상태',
    en: 'KakaoTalk channel relations',
  },
} as const satisfies Record<string, ConsentItemText>

export type ConsentItemId = keyof typeof CONSENT_ITEMS

/** Whether a text names a consent item. */
export function isConsentItemId(text: string): text is ConsentItemId {
  return Object.hasOwn(CONSENT_ITEMS, text)
}

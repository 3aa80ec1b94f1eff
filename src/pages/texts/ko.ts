import type { ErrorCode } from '../../errors.ts'
import type { PageTexts, ProblemText } from './texts.ts'

export const KO: PageTexts = {
  siteName: '대문',
  kakaoLogin: '카카오 로그인',
  home: {
    invitation: '카카오계정으로 들어오세요.',
    firstVisit: '처음 오셨다면 어떤 정보를 공유할지 카카오가 먼저 여쭤봅니다.',
    greeting: '반갑습니다',
    greetingByName: ['', ' 님, 반갑습니다'],
    signedIn: '카카오계정으로 로그인되어 있습니다.',
    socialId: '카카오 회원번호',
    email: '이메일',
    emailVerified: '확인됨',
    emailNotVerified: '미확인',
    emailNotShared: '공유하지 않음',
    logout: '로그아웃',
    withdraw: '탈퇴하기',
    notices: {
      login_cancelled: '로그인을 취소하셨습니다. 언제든 다시 오세요.',
      withdrawn: '탈퇴하셨습니다. 그동안 이용해 주셔서 고맙습니다.',
    },
    emulator: '실제 카카오가 아닌 연습용 에뮬레이터에 연결되어 있습니다.',
  },
  problem: {
    home: '처음으로',
    until: '다시 하실 수 있는 때',
    code: '오류 코드',
    kakaoCode: '카카오 오류 코드',
    requestId: '요청 번호',
  },
  consentItems: {
    profile: '프로필 정보(닉네임, 프로필 사진)',
    profile_nickname: '닉네임',
    profile_image: '프로필 사진',
    account_email: '카카오계정(이메일)',
    name: '이름',
    gender: '성별',
    age_range: '연령대',
    birthday: '생일',
    birthyear: '출생 연도',
    phone_number: '전화번호',
    account_ci: '연계정보(CI)',
    shipping_address: '배송지 정보',
  },
  withdrawal: {
    offer: '동의하지 않고 탈퇴하기',
    warning: '탈퇴하시면 저장된 정보를 지우고 카카오와의 연결도 끊습니다. 되돌릴 수 없습니다.',
    button: '탈퇴합니다',
    title: '탈퇴하시겠습니까?',
    lead: '탈퇴하시면 되돌릴 수 없습니다.',
    points: [
      '모든 기기에서 로그아웃됩니다.',
      '프로필을 비롯해 저장된 개인정보를 바로 지웁니다.',
      '카카오와의 연결을 끊습니다.',
    ],
    retained: { access_log: '접속 기록 보관 기한', consents: '동의 내역 보관 기한' },
    rejoin: '다시 가입하실 수 있는 때',
    stay: '계속 이용하기',
  },
}

export const KO_PROBLEMS = {
  parameter_invalid: {
    title: '올바르지 않은 요청입니다',
    text: '요청에 담긴 값 가운데 읽을 수 없는 것이 있습니다. 첫 화면에서 다시 시작해 주세요.',
  },
  duplicate_parameter: {
    title: '올바르지 않은 요청입니다',
    text: '요청에 같은 값이 두 번 들어 있어 처리하지 않았습니다. 첫 화면에서 다시 시작해 주세요.',
  },
  next_not_allowed: {
    title: '이동할 수 없는 주소입니다',
    text: '로그인 뒤에 이동할 주소가 허용된 곳이 아닙니다. 안전을 위해 로그인을 시작하지 않았습니다. 이용하시던 서비스에서 다시 로그인해 주세요.',
  },
  state_invalid: {
    title: '로그인을 확인하지 못했습니다',
    text: '로그인을 시작한 지 오래되었거나, 다른 브라우저에서 시작했거나, 쿠키가 꺼져 있습니다. 쿠키를 허용한 뒤 이 브라우저에서 다시 로그인해 주세요.',
  },
  code_missing: {
    title: '로그인을 마치지 못했습니다',
    text: '카카오에서 돌아온 주소에 로그인 정보가 빠져 있습니다. 다시 로그인해 주세요.',
  },
  code_refused: {
    title: '로그인을 마치지 못했습니다',
    text: '로그인 정보가 만료되었거나 이미 사용되어 카카오가 받아들이지 않았습니다. 다시 로그인해 주세요.',
  },
  code_used: {
    title: '이미 사용한 로그인입니다',
    text: '같은 로그인 정보는 한 번만 사용할 수 있습니다. 다시 로그인해 주세요.',
  },
  token_missing: {
    title: '로그인을 마치지 못했습니다',
    text: '카카오의 응답에 꼭 필요한 정보가 빠져 있었습니다. 잠시 후 다시 로그인해 주세요.',
  },
  login_cancelled: {
    title: '로그인을 취소하셨습니다',
    text: '아무 정보도 저장하지 않았습니다. 언제든 다시 오세요.',
  },
  id_token_invalid: {
    title: '로그인을 확인하지 못했습니다',
    text: '카카오가 보낸 신원 정보가 올바른지 확인할 수 없어 로그인을 멈췄습니다. 다시 로그인해 주세요.',
  },
  nonce_mismatch: {
    title: '로그인을 확인하지 못했습니다',
    text: '카카오의 응답이 이 브라우저에서 시작한 로그인과 맞지 않아 로그인을 멈췄습니다. 다시 로그인해 주세요.',
  },
  account_facts_missing: {
    title: '계정 정보가 없어 로그인하지 못했습니다',
    text: '카카오가 계정 정보를 보내지 않았습니다. 다시 로그인하면서 카카오의 동의 화면이 나오면 정보 제공에 동의해 주세요.',
  },
  not_signed_in: {
    title: '로그인이 필요합니다',
    text: '로그인하지 않았거나 로그인이 만료되었습니다. 다시 로그인해 주세요.',
  },
  cross_site: {
    title: '요청을 받아들이지 않았습니다',
    text: '다른 사이트에서 보낸 요청으로 보여 안전을 위해 처리하지 않았습니다. 첫 화면에서 직접 다시 시도해 주세요.',
  },
  consent_required: {
    title: '동의가 더 필요합니다',
    text: '이 서비스에 꼭 필요한 정보를 제공하는 데 아직 동의하지 않으셨습니다. 아래 버튼을 눌러 카카오에서 동의하시면 로그인이 이어집니다.',
  },
  consent_needed: {
    title: '동의하지 않으신 정보가 필요합니다',
    text: '요청하신 일을 하려면 아직 동의하지 않으신 정보가 필요합니다. 아래 버튼을 눌러 카카오에서 동의하신 뒤 다시 시도해 주세요.',
  },
  recent_login_required: {
    title: '다시 한 번 로그인해 주세요',
    text: '되돌리기 어려운 일이라, 조금 전에 로그인하신 분만 하실 수 있습니다. 다시 로그인하신 뒤 이어서 진행해 주세요.',
  },
  consent_unknown: {
    title: '없는 동의항목입니다',
    text: '그런 동의항목은 이 서비스에 없습니다. 동의하신 항목의 목록을 다시 확인해 주세요.',
  },
  consent_not_revocable: {
    title: '따로 철회할 수 없는 동의입니다',
    text: '서비스 이용에 꼭 필요한 동의여서 이것만 철회할 수는 없습니다. 더 이용하지 않으시려면 탈퇴하실 수 있습니다.',
  },
  identity_taken: {
    title: '이미 다른 회원의 카카오계정입니다',
    text: '이 카카오계정은 다른 회원에게 이어져 있어 더할 수 없습니다. 그 회원으로 로그인하거나 다른 카카오계정을 골라 주세요.',
  },
  last_identity: {
    title: '하나뿐인 로그인 방법입니다',
    text: '이 카카오계정을 떼면 로그인할 방법이 없어집니다. 떠나시려면 탈퇴해 주세요.',
  },
  identity_mismatch: {
    title: '다른 카카오계정입니다',
    text: '지금 로그인하신 회원의 카카오계정이 아니어서 아무것도 바꾸지 않았습니다. 로그인하신 카카오계정으로 다시 시도해 주세요.',
  },
  rejoin_too_early: {
    title: '아직 다시 가입할 수 없습니다',
    text: '탈퇴하신 뒤 다시 가입할 수 있는 날이 아직 되지 않았습니다. 카카오와의 연결은 해제했고, 아무 정보도 저장하지 않았습니다.',
  },
  not_found: {
    title: '페이지를 찾을 수 없습니다',
    text: '주소가 바뀌었거나 잘못 입력되었습니다. 주소를 확인하시거나 첫 화면으로 이동해 주세요.',
  },
  method_not_allowed: {
    title: '이렇게는 열 수 없는 주소입니다',
    text: '이 주소는 직접 열 수 없습니다. 첫 화면의 버튼을 이용해 주세요.',
  },
  body_too_large: {
    title: '보낸 내용이 너무 큽니다',
    text: '한 번에 받을 수 있는 크기를 넘어 처리하지 않았습니다. 내용을 줄여 다시 보내 주세요.',
  },
  query_too_long: {
    title: '주소가 너무 깁니다',
    text: '주소가 너무 길어 처리하지 않았습니다. 첫 화면에서 다시 시작해 주세요.',
  },
  unsupported_media_type: {
    title: '읽을 수 없는 형식입니다',
    text: '보낸 내용의 형식을 읽을 수 없습니다. 첫 화면의 버튼을 이용해 주세요.',
  },
  rate_limited: {
    title: '요청이 너무 많습니다',
    text: '짧은 시간에 너무 많은 요청이 들어와 잠시 받지 않고 있습니다. 잠시 후 다시 시도해 주세요.',
  },
  internal: {
    title: '문제가 생겼습니다',
    text: '저희 쪽의 문제로 요청을 처리하지 못했습니다. 죄송합니다. 잠시 후 다시 시도해 주세요.',
  },
  kakao_misconfigured: {
    title: '지금은 로그인할 수 없습니다',
    text: '불편을 드려 죄송합니다. 저희 쪽 설정에 문제가 있어 카카오 로그인을 이용하실 수 없습니다. 운영자가 확인할 수 있도록 기록해 두었으니 나중에 다시 찾아 주세요.',
  },
  kakao_unavailable: {
    title: '카카오에 연결할 수 없습니다',
    text: '카카오가 지금 제대로 응답하지 않습니다. 잠시 후 다시 로그인해 주세요.',
  },
  store_unavailable: {
    title: '잠시 이용할 수 없습니다',
    text: '저희 쪽의 문제로 지금은 요청을 처리할 수 없습니다. 죄송합니다. 잠시 후 다시 시도해 주세요.',
  },
  login_interrupted: {
    title: '로그인이 중간에 끊겼습니다',
    text: '저희 쪽의 문제로 로그인을 마치지 못했습니다. 죄송합니다. 다시 로그인해 주세요.',
  },
  redirect_uri_not_allowed: {
    title: '이 주소로는 로그인할 수 없습니다',
    text: '앱이 알려 준 돌아올 주소가 등록되어 있지 않습니다. 앱을 만든 곳에 알려 주세요.',
  },
  attempt_missing: {
    title: '로그인을 확인하지 못했습니다',
    text: '앱이 로그인을 시작한 기록을 보내지 않았습니다. 앱에서 다시 로그인해 주세요.',
  },
  attempt_invalid: {
    title: '로그인을 확인하지 못했습니다',
    text: '앱이 보낸 로그인 기록을 읽을 수 없습니다. 앱에서 다시 로그인해 주세요.',
  },
  attempt_expired: {
    title: '로그인 시간이 지났습니다',
    text: '로그인을 시작한 지 오래되었습니다. 앱에서 다시 로그인해 주세요.',
  },
  id_token_stale: {
    title: '로그인 정보가 오래되었습니다',
    text: '카카오에서 받은 로그인 정보가 만들어진 지 오래되었습니다. 앱에서 다시 로그인해 주세요.',
  },
  id_token_used: {
    title: '이미 쓴 로그인 정보입니다',
    text: '카카오에서 받은 로그인 정보는 한 번만 쓸 수 있습니다. 앱에서 다시 로그인해 주세요.',
  },
  access_token_not_accepted: {
    title: '이 방법으로는 로그인할 수 없습니다',
    text: '이 서비스는 카카오 접근 토큰으로 하는 로그인을 받지 않습니다. 앱을 만든 곳에 알려 주세요.',
  },
  grant_invalid: {
    title: '다시 로그인해야 합니다',
    text: '로그인을 이어 갈 수 있는 기간이 지났거나 이미 쓴 값입니다. 다시 로그인해 주세요.',
  },
  grant_type_unsupported: {
    title: '올바르지 않은 요청입니다',
    text: '이 서비스가 알지 못하는 방식의 요청입니다. 앱을 만든 곳에 알려 주세요.',
  },
  kakao_token_refused: {
    title: '카카오가 로그인을 확인하지 않았습니다',
    text: '앱이 보낸 카카오 로그인 정보가 더는 유효하지 않습니다. 앱에서 다시 로그인해 주세요.',
  },
  kakao_token_foreign: {
    title: '다른 앱의 로그인 정보입니다',
    text: '이 서비스가 아닌 다른 앱을 위해 발급된 카카오 로그인 정보입니다. 앱에서 다시 로그인해 주세요.',
  },
  webhook_unauthorized: {
    title: '받아들일 수 없는 웹훅입니다',
    text: '웹훅의 Authorization 헤더에 이 앱의 어드민 키가 없습니다.',
  },
} as const satisfies Record<ErrorCode, ProblemText>

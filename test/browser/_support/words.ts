/** What visitors read on the pages, and click. */
export interface Words {
  readonly siteName: string
  readonly kakaoLogin: string
  readonly welcomeHaneul: string
  readonly welcomeBada: string
  readonly logout: string
  readonly cancelled: string
  readonly loginNotConfirmed: string
  readonly signIn: string
  readonly agree: string
  readonly cancel: string
  readonly optionalEmail: string
  readonly newAccount: string
  readonly noLogin: string
  readonly emulator: string
  readonly services: string
  readonly leaveKakao: string
  readonly leaveService: string
  readonly withdraw: string
  readonly reallyWithdraw: string
  readonly withdrawNow: string
  readonly withdrawn: string
  readonly stay: string
}

export const KO: Words = {
  siteName: '대문',
  kakaoLogin: '카카오 로그인',
  welcomeHaneul: '김하늘 님, 반갑습니다',
  welcomeBada: '이바다 님, 반갑습니다',
  logout: '로그아웃',
  cancelled: '로그인을 취소하셨습니다',
  loginNotConfirmed: '로그인을 확인하지 못했습니다',
  signIn: '카카오계정 로그인',
  agree: '동의하고 계속하기',
  cancel: '취소',
  optionalEmail: '[선택] 카카오계정(이메일)',
  newAccount: '새 카카오계정 만들기',
  noLogin: '로그인할 수 없습니다',
  emulator: '카카오 에뮬레이터',
  services: '연결된 서비스 관리',
  leaveKakao: '카카오계정과 함께 로그아웃',
  leaveService: '이 서비스만 로그아웃',
  withdraw: '탈퇴하기',
  reallyWithdraw: '탈퇴하시겠습니까?',
  withdrawNow: '탈퇴합니다',
  withdrawn: '탈퇴하셨습니다. 그동안 이용해 주셔서 고맙습니다.',
  stay: '계속 이용하기',
}

export const EN: Words = {
  siteName: 'Daemun',
  kakaoLogin: 'Login with Kakao',
  welcomeHaneul: 'Welcome, 김하늘',
  welcomeBada: 'Welcome, 이바다',
  logout: 'Log out',
  cancelled: 'You cancelled the login',
  loginNotConfirmed: 'The login could not be confirmed',
  signIn: 'Kakao Account',
  agree: 'Agree and continue',
  cancel: 'Cancel',
  optionalEmail: '[Optional] Kakao Account (e-mail)',
  newAccount: 'Create a new Kakao Account',
  noLogin: 'Login is not possible',
  emulator: 'Kakao emulator',
  services: 'Connected services',
  leaveKakao: 'Log out of the Kakao Account too',
  leaveService: 'Log out of this service only',
  withdraw: 'Close my account',
  reallyWithdraw: 'Close your account?',
  withdrawNow: 'Close my account',
  withdrawn: 'Your account is closed. Thank you for having been here.',
  stay: 'Keep my account',
}

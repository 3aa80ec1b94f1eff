import { describe, expect, test } from 'vitest'
import { runDaemun } from '../_support/command.ts'

describe('daemun explain', () => {
  test('tells cause, remedy and place in the console, in Korean and English', async () => {
    const { code, stdout } = await runDaemun('explain', 'KOE006')

    expect(code).toBe(0)
    expect(stdout).toContain('원인: 리다이렉트 URI가 이 앱 키에 등록되어 있지 않습니다.')
    expect(stdout).toContain('해결: 설정한 값과 한 글자도 다르지 않게 등록하세요.')
    expect(stdout).toContain('콘솔: [앱 > 플랫폼 키 > REST API 키]')
    expect(stdout).toContain('Cause: The redirect URI is not registered under this app key.')
    expect(stdout).toContain('Remedy: Register it letter for letter as configured')
    expect(stdout).toContain('Console: [App > Platform key > REST API key]')
  })

  test.each([
    [['koe006'], ['KOE006']],
    [['-401'], ['-401']],
    [['-3'], ['-3']],
    [['401'], ['-401']],
    [['320'], ['KOE320']],
    [['10'], ['KOE010', '-10']],
    [
      ['--', '-402', 'KOE320'],
      ['KOE320', '-402'],
    ],
  ])('%j is %j', async (args, codes) => {
    const { code, stdout } = await runDaemun('explain', ...args)

    expect(code).toBe(0)
    const named = stdout.split('\n').filter((line) => /^\S/.test(line))
    expect(named).toEqual(codes.flatMap((one) => [one, one]))
  })

  test.each([
    ['KOE060', 'daemun explain: KOE060 is not known; near it are KOE006, KOE010, KOE001\n'],
    ['230', 'daemun explain: KOE230 is not known; near it are KOE203, KOE237, KOE320\n'],
    ['-104', 'daemun explain: -104 is not known; near it are -10, -101, -102\n'],
    ['oops', "daemun explain: oops is no code of Kakao's; they look like KOE006 or -401\n"],
  ])('%s is not known, and codes near it are named', async (text, message) => {
    expect(await runDaemun('explain', text)).toEqual({ code: 1, stdout: '', stderr: message })
  })

  test('a code that is not known keeps no other from being told', async () => {
    const { code, stdout } = await runDaemun('explain', 'oops', 'KOE006')
    expect(code).toBe(1)
    expect(stdout).toContain('KOE006')
  })

  test('wants a code', async () => {
    const { code, stderr } = await runDaemun('explain')
    expect(code).toBe(2)
    expect(stderr).toContain('such as KOE006 or -401')
  })
})

test('a negative number is no option of any command', async () => {
  expect(await runDaemun('keys', 'rotate', '-1')).toMatchObject({
    code: 2,
    stderr: 'daemun: unexpected -1; try daemun --help\n',
  })
})

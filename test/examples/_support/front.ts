import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { serveEmulator } from '../../../src/cli/serve-emulator.ts'
import { Browser } from '../../_support/browser.ts'
import { findFreePort } from '../../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../../_support/needed-environment.ts'
import { startServer } from '../../_support/started-server.ts'

export const EXAMPLES = resolve(import.meta.dirname, '../../../examples')

/** A proxy of the examples, where it is installed. */
export interface ProxyExample {
  readonly name: string
  readonly command: string | undefined
  /** Below `examples/`. */
  readonly configFile: string
  readonly arguments: readonly string[]
}

/** A whole service behind a proxy: its own login server, a Kakao, and a service that is asked. */
export interface Front {
  readonly url: string
  readonly daemunPort: number
  newBrowser(): Browser
  stopDaemun(): Promise<void>
  close(): Promise<void>
}

interface Ports {
  readonly front: number
  readonly daemun: number
  readonly service: number
  readonly kakao: number
}

/** @returns The command, or `undefined` where there is none, which is said loudly. */
export function findCommand(name: string, version: string): string | undefined {
  const found = [name, `/usr/sbin/${name}`].find((path) => spawnSync(path, [version]).status === 0)
  if (found === undefined) {
    process.stderr.write(`\nSKIPPED: examples/${name} was not tested, since there is none here\n\n`)
  }
  return found
}

/** Starts a proxy with its example's configuration as it stands, but for the ports. */
export async function openFront({
  command = '',
  configFile,
  ...proxy
}: ProxyExample): Promise<Front> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-front-'))
  const ports = await findPorts()
  const url = `http://localhost:${ports.front}`
  const kakao = await serveEmulator({
    host: '127.0.0.1',
    port: ports.kakao,
    setting: 'port',
    auto: true,
  })
  const daemun = await startServer(toEnvironment(url, ports), folder)
  await writeFile(join(folder, 'config'), await readConfig(configFile, ports))
  await mkdir(join(folder, 'tmp'))
  const service = [join(EXAMPLES, 'service.mjs')]
  const children = [
    await start(process.execPath, service, { folder, port: ports.service }),
    await start(command, proxy.arguments, { folder, port: ports.front }),
  ]

  return {
    url,
    daemunPort: ports.daemun,
    newBrowser: () => new Browser((request) => fetch(request, { redirect: 'manual' }), url),
    stopDaemun: async () => void (await daemun.stop()),

    async close() {
      await Promise.all(children.map(end))
      await daemun.stop()
      await kakao.close(1000)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function findPorts(): Promise<Ports> {
  const [front, daemun, service, kakao] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  return { front, daemun, service, kakao }
}

function toEnvironment(url: string, ports: Ports): Record<string, string> {
  const kakaoUrl = `http://127.0.0.1:${ports.kakao}`
  return {
    PORT: String(ports.daemun),
    KAKAO_KAUTH_URL: kakaoUrl,
    KAKAO_KAPI_URL: kakaoUrl,
    KAKAO_REDIRECT_URI: `${url}/oauth/kakao/login/callback/`,
    TRUST_PROXY: '1',
    SECRET_KEY: 'behind a proxy',
    DATABASE_URL: 'sqlite::memory:',
  }
}

async function readConfig(file: string, { front, daemun, service }: Ports): Promise<string> {
  return (await readFile(join(EXAMPLES, file), 'utf8'))
    .replaceAll(':8080', `:${front}`)
    .replaceAll(':8000', `:${daemun}`)
    .replaceAll(':9000', `:${service}`)
}

/** Starts a command, which keeps what it keeps in the folder, and waits until it listens. */
async function start(
  command: string,
  args: readonly string[],
  { folder, port }: { folder: string; port: number },
): Promise<ChildProcess> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, HOME: folder, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const exit = once(child, 'exit').then(() => {
    throw new Error(`${command} stopped before it listened: ${complaints}`)
  })
  await Promise.race([untilListening(port), exit])
  exit.catch(() => {})
  return child
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise((settle) => {
      socket.once('connect', () => settle(true))
      socket.once('error', () => settle(false))
    })
    socket.destroy()
    if (isOpen) return
    await wait(20)
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'

const CONFIG = resolve(import.meta.dirname, '../../../deploy/nginx.conf')
const CERTIFICATE =
  'req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -days 2 -subj /CN=localhost ' +
  '-addext subjectAltName=DNS:localhost -keyout tls_key -out tls_certificate'

/** An nginx with deploy/nginx.conf. */
export interface Nginx {
  /** Where it listens without TLS. */
  readonly httpPort: number
  /** Settles once it has had a good answer from there. */
  hasReached(port: number): Promise<void>
  /** @returns All that it has written, to either log. */
  readLogs(): Promise<string>
  stop(): Promise<void>
}

export interface NginxOptions {
  readonly folder: string
  readonly ports: { readonly http: number; readonly https: number }
  /** Ports of the instances on this machine. */
  readonly instances: readonly [number, number]
}

/** @returns The command; `undefined` where it or openssl is not installed, which is said loudly. */
export function findNginx(): string | undefined {
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0
  const found = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0)
  if (found !== undefined && hasOpenssl) return found
  process.stderr.write(
    '\nSKIPPED: deploy/nginx.conf was not tried: there is no nginx or no openssl here\n\n',
  )
  return undefined
}

/** Starts it, with its certificate trusted by this process, and waits until it listens. */
export async function startNginx(command: string, options: NginxOptions): Promise<Nginx> {
  const { folder } = options
  spawnSync('openssl', CERTIFICATE.split(' '), { cwd: folder })
  const certificate = await readFile(join(folder, 'tls_certificate'), 'utf8')
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate])
  await writeFile(join(folder, 'nginx.conf'), await readConfig(options))
  // Started by root, its workers are somebody else.
  await chmod(folder, 0o711)

  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;']
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const exit = once(child, 'exit')
  const complaints: string[] = []
  const started = Promise.withResolvers<void>()
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaints.push(line)
    if (line.includes('start worker process')) started.resolve()
  })
  await Promise.race([started.promise, exit.then(() => fail(complaints))])

  const readLog = async () => await readFile(join(folder, 'access.log'), 'utf8')
  return {
    httpPort: options.ports.http,
    async hasReached(port) {
      const { length } = await readLog()
      const isReached = async () => findReached((await readLog()).slice(length)).includes(port)
      while (!(await isReached())) await wait(20)
    },
    readLogs: async () => complaints.join('\n') + (await readLog()),
    async stop() {
      child.kill('SIGTERM')
      await exit
    },
  }
}

/** @returns The ports of instances that have given an answer at the first try. */
function findReached(log: string): number[] {
  return [...log.matchAll(/"instances":"[^",]+:(\d+)","instance_status":"[1-4]/g)].map(([, port]) =>
    Number(port),
  )
}

function fail(lines: readonly string[]): never {
  throw new Error(`nginx stopped before it listened: ${lines.join('\n')}`)
}

/** The configuration as it stands, but for the five things that it says to change elsewhere. */
async function readConfig({ folder, ports, instances }: NginxOptions): Promise<string> {
  let config = await readFile(CONFIG, 'utf8')
  const replace = (from: string, to: string) => {
    if (!config.includes(from)) throw new Error(`deploy/nginx.conf has no ${from} to change`)
    config = config.replaceAll(from, to)
  }
  replace('/tmp/', `${folder}/`)
  replace('/dev/stdout', `${folder}/access.log`)
  replace('/run/secrets/', `${folder}/`)
  // Addresses need no looking up, and the nginx here may be too old for it.
  replace(' resolve ', ' ')
  replace('daemun-1:8000', `127.0.0.1:${instances[0]}`)
  replace('daemun-2:8000', `127.0.0.1:${instances[1]}`)
  replace('listen 8080', `listen 127.0.0.1:${ports.http}`)
  replace('listen 8443', `listen 127.0.0.1:${ports.https}`)
  return config
}

import { randomBytes as nodeRandomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { encodeBase64url } from '../jose/index.ts'
import { createClock } from './clock.ts'
import { controlRoutes } from './control/control-routes.ts'
import { createFaults } from './control/faults.ts'
import { createJournal } from './control/journal.ts'
import type { Sleep } from './control/play-fault.ts'
import { kakaoRoutes } from './kakao-routes.ts'
import { createKeyRing } from './oidc/key-ring.ts'
import { assetRoutes, type FindFont } from './pages/asset-routes.ts'
import { PersonBrowser, type PersonChoices } from './person-browser.ts'
import { type CompleteSeed, completeSeed, type EmulatorSeed } from './seed/seed.ts'
import { createState } from './state/state.ts'
import { type Switches, toSwitches } from './switches.ts'
import { answerAndNote } from './traffic.ts'
import { deliver } from './webhooks/deliver.ts'
import { createPostOffice, type PostOffice } from './webhooks/post-office.ts'
import type { World } from './world.ts'

export interface EmulatorOptions {
  /** Apps and people to begin with; by default the demo app and its three people. */
  readonly seed?: EmulatorSeed
  /** People decide by themselves and no page is shown. */
  readonly auto?: boolean
  /** The real time, which the emulator's clock goes by until it is moved. */
  readonly now?: () => Date
  /** Source of codes, tokens and ids. */
  readonly randomBytes?: (size: number) => Uint8Array
  /** Waits out the delay of a fault, and before a webhook is sent again. */
  readonly sleep?: Sleep
  /** Sends webhooks; by default the real one. */
  readonly fetch?: typeof fetch
  /** How long a webhook may take to answer. Kakao waits three seconds. */
  readonly webhookDeadlineMs?: number
  /** Fonts of the pages. */
  readonly fonts?: FindFont
  /** Whether peers other than this machine may use `/_emulator/`. */
  readonly allowRemoteControl?: boolean
  /** Other answers where Kakao's behaviour is not confirmed. */
  readonly switches?: Partial<Switches>
}

/** A Kakao of one's own: kauth, kapi, account pages and control on one origin, any origin. */
export interface KakaoEmulator {
  /**
   * Answers a request.
   *
   * @param peer Where it came from; without an address, from within the process.
   * @throws {ConnectionDropped} A fault says that the connection is to be dropped.
   */
  fetch(request: Request, peer?: { readonly remoteAddress?: string | undefined }): Promise<Response>
  /**
   * A person signs in and consents: follows an authorize URL through the real pages as a browser
   * would. Each person has a browser of their own, which stays signed in.
   *
   * @returns The redirect back to the app, with `code` or `error`.
   * @throws {LoginStoppedError} The login ended on a page of Kakao's, such as one with a KOE code.
   * @throws {RangeError} There is no such person.
   */
  authorize(url: string | URL, person: PersonChoices): Promise<URL>
  /**
   * Waits for every webhook that is on its way, and for those that come of it. No call that causes
   * one waits for it.
   */
  settled(): Promise<void>
}

/**
 * Creates an emulator that shares nothing with any other.
 *
 * @throws {SeedError} The seed cannot be used; one line per problem.
 */
export function createKakaoEmulator(options: EmulatorOptions = {}): KakaoEmulator {
  const { auto = false, sleep = realSleep, allowRemoteControl: allowRemote = false } = options
  const world = createWorld(options)
  const journal = createJournal()
  const faults = createFaults()
  const traffic = { world, journal, faults, sleep, kakao: kakaoRoutes(world) }
  const assets = assetRoutes(world, options.fonts ?? noFonts)
  const own = controlRoutes({ world, journal, faults }, assets, allowRemote)
  const browsers = new Map<string, PersonBrowser>()

  return {
    async fetch(request, { remoteAddress } = {}) {
      const context = { auto, ...(remoteAddress !== undefined && { remoteAddress }) }
      if (!isOurOwn(request)) return answerAndNote(traffic, request, context)
      return own.fetch(request, context)
    },

    async authorize(url, person) {
      if (!world.state.people.has(person.id)) throw new RangeError('there is no such person')
      const browser =
        browsers.get(person.id) ??
        new PersonBrowser((request) => answerAndNote(traffic, request, { auto: false }))
      browsers.set(person.id, browser)
      return browser.authorize(new URL(url), person)
    },

    settled: () => world.postOffice.settled(),
  }
}

function createWorld(options: EmulatorOptions): World {
  const { now = () => new Date(), randomBytes = nodeRandomBytes, auto = false } = options
  const seed = completeSeed(options.seed ?? {})
  const clock = createClock(now)
  // Test suites sign the same person in over and over.
  const usual = { token_limits: !auto }
  const toFirstSwitches = ({ switches = {} }: CompleteSeed): Switches =>
    toSwitches(usual, switches, options.switches ?? {})
  const world: World = {
    state: createState(seed),
    seed,
    clock,
    keys: createKeyRing(),
    toFirstSwitches,
    switches: toFirstSwitches(seed),
    postOffice: openPostOffice(options, clock.now, () => world.switches.event_retry_seconds),
    newSecret: () => encodeBase64url(randomBytes(32)),
  }
  return world
}

const KAKAO_WAITS_MS = 3000

function openPostOffice(
  options: EmulatorOptions,
  now: () => Date,
  retrySeconds: () => readonly number[],
): PostOffice {
  const { fetch: send = fetch, webhookDeadlineMs: deadlineMs = KAKAO_WAITS_MS } = options
  const { sleep = realSleep } = options
  return createPostOffice({
    now,
    deliver: (letter) => deliver(letter, { fetch: send, deadlineMs, now }),
    retrySeconds,
    wait: (milliseconds) => sleep(milliseconds, new AbortController().signal),
  })
}

/** Whether a path belongs to the emulator and not to Kakao. */
function isOurOwn(request: Request): boolean {
  return /^\/(_emulator(\/|$)|$)/.test(new URL(request.url).pathname)
}

async function realSleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal })
}

async function noFonts(): Promise<undefined> {
  return undefined
}

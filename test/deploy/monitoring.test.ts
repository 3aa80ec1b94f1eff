import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { KAKAO_CODES } from '../../src/kakao/index.ts'
import { login } from '../_support/login.ts'
import { type Scrape, scrape } from '../_support/metrics.ts'
import { createWorld, HANEUL } from '../_support/world.ts'
import { findAll, PRODUCTION, readDocument } from '../docs/_support/documents.ts'

const DEPLOY = resolve(import.meta.dirname, '../../deploy')
const PROMETHEUS = resolve(DEPLOY, 'prometheus')
const read = (path: string) => readFileSync(resolve(DEPLOY, path), 'utf8')

/** Prometheus adds them to whatever it scrapes. */
const ADDED_LABELS = ['job', 'instance', 'le']
const ADDED_METRICS = ['up']
/** Labels whose values are all there from the start. */
const WHOLE = ['result', 'reason', 'queue', 'limit']

let found: Scrape
beforeAll(async () => {
  const world = await createWorld()
  await login(world, world.browser(), HANEUL)
  await world.daemun.work()
  found = await scrape(world)
  await world.close()
})

interface Query {
  readonly name: string
  readonly expr: string
}

function readRules(): Query[] {
  const { groups } = parse(read('prometheus/alerts.yml')) as {
    groups: { rules: { alert: string; expr: string }[] }[]
  }
  return groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ name: alert, expr })))
}

function readPanels(): Query[] {
  const { panels } = JSON.parse(read('grafana/daemun.json')) as {
    panels: { title: string; targets?: { expr: string }[] }[]
  }
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ name: title, expr })),
  )
}

interface Selector {
  readonly metric: string
  readonly matchers: readonly [label: string, value: string][]
}

/** Each metric that a query names, with what it says about its labels. */
function findSelectors(expr: string): Selector[] {
  return [...expr.matchAll(/\b((?:daemun|nodejs|process)_\w+|up)\b(?:\{([^}]*)\})?/g)].map(
    ([, metric = '', matchers = '']) => ({
      metric,
      matchers: [...matchers.matchAll(/(\w+)\s*[=!]~?\s*"([^"]*)"/g)].map(
        ([, label = '', value = '']) => [label, value],
      ),
    }),
  )
}

function findGroupings(expr: string): string[] {
  const lists = [...expr.matchAll(/\bby \(([^)]*)\)/g)].map(([, list = '']) => list)
  return lists.flatMap((list) => list.split(',').map((label) => label.trim()))
}

/** What a query asks for and would not find. */
function findUnknown(expr: string): string[] {
  const selectors = findSelectors(expr)
  const metrics = [...found.labels.keys(), ...ADDED_METRICS]
  const labels = new Set([
    ...ADDED_LABELS,
    ...selectors.flatMap(({ metric }) => found.labels.get(metric) ?? []),
  ])
  return [
    ...selectors.map(({ metric }) => metric).filter((metric) => !metrics.includes(metric)),
    ...selectors.flatMap(findUnknownMatchers),
    ...findGroupings(expr).filter((label) => !labels.has(label)),
  ]
}

function findUnknownMatchers({ metric, matchers }: Selector): string[] {
  const labels = [...ADDED_LABELS, ...(found.labels.get(metric) ?? [])]
  const isThere = (label: string, value: string) =>
    !WHOLE.includes(label) ||
    value.split('|').every((one) => found.text.includes(`${label}="${one}"`))
  return matchers
    .filter(([label, value]) => !labels.includes(label) || !isThere(label, value))
    .map(([label, value]) => `${metric}{${label}="${value}"}`)
}

describe.each([
  ['alert', readRules()],
  ['panel', readPanels()],
])('each %s', (_kind, queries) => {
  test.each(queries)('asks for what there is: $name', ({ expr }) => {
    expect(findSelectors(expr)).not.toEqual([])
    expect(findUnknown(expr)).toEqual([])
  })
})

test('no alarm is raised over what Kakao says of its own trouble, or of one visitor’s haste', () => {
  const rule = readRules().find(({ name }) => name === 'DaemunKakaoRefuses')
  const [, excepted = ''] = /kakao_code!~"([^"]+)"/.exec(rule?.expr ?? '') ?? []
  const passing = KAKAO_CODES.filter(({ fault }) => fault === 'kakao').map(({ code }) => `${code}`)

  expect(excepted.split('|').sort()).toEqual(['none', ...passing].sort())
})

test.each(PRODUCTION)('%s names every metric and every alert, and no other', (name) => {
  const page = readDocument(name)
  const ours = [...found.labels.keys()].map((metric) => metric.replace(/_(bucket|sum|count)$/, ''))
  const metrics = ours.filter((metric) => metric.startsWith('daemun_'))

  expect(findAll(page, /`(daemun_\w+)/g)).toEqual([...new Set(metrics)].sort())
  expect(findAll(page, /`(Daemun[A-Z]\w+)`/g)).toEqual(
    readRules()
      .map((rule) => rule.name)
      .sort(),
  )
})

const PROMTOOL = findPromtool()

function findPromtool(): string | undefined {
  if (spawnSync('promtool', ['--version']).status === 0) return 'promtool'
  process.stderr.write('\nSKIPPED: the alert rules were not tried: there is no promtool here\n\n')
  return undefined
}

describe.skipIf(PROMTOOL === undefined)('promtool (skipped where there is none)', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(PROMTOOL ?? '', args, {
      cwd: PROMETHEUS,
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  }

  test('finds the rules sound', () => {
    expect(run('check', 'rules', 'alerts.yml')).toMatchObject({ status: 0 })
  })

  test('sees each of them fire when it should, and not else', () => {
    const tests = read('prometheus/alerts.test.yml')

    expect(readRules().filter(({ name }) => !tests.includes(name))).toEqual([])
    expect(run('test', 'rules', 'alerts.test.yml')).toMatchObject({ status: 0 })
  })

  test('finds what we expose sound', () => {
    const { status, stderr } = spawnSync(PROMTOOL ?? '', ['check', 'metrics'], {
      input: found.text,
      encoding: 'utf8',
    })
    // It has opinions on prom-client's own names; of ours it says nothing.
    expect(stderr.split('\n').filter((line) => line.startsWith('daemun_'))).toEqual([])
    expect(status).not.toBe(1)
  })
})

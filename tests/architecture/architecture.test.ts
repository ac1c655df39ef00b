import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ICruiseResult } from 'dependency-cruiser'
import { LAYERS } from './rules.ts'
import { cruiseModules, ownModules, violations } from './cruise-modules.ts'

const ROOT = join(import.meta.dirname, '..', '..')

let result: ICruiseResult
beforeAll(async () => {
  result = await cruiseModules(ROOT, ['packages', 'apps', 'bench', 'tests', 'tools'])
  // This takes ten seconds on an idle machine, and longer while other tests run.
}, 300_000)

const sourcesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.includes('generated'),
  ).length

describe('the boundaries between packages', () => {
  it('are checked in every source file of every package and app', () => {
    const rooms = ['packages', 'apps'].flatMap((kind) =>
      readdirSync(join(ROOT, kind)).map((name) => `${kind}/${name}/src`),
    )
    const seen = ownModules(result)

    expect(seen.length).toBeGreaterThan(100)
    for (const room of rooms.filter((one) => existsSync(join(ROOT, one)))) {
      const here = seen.filter(
        (module) => module.source.startsWith(`${room}/`) && !module.source.includes('/generated/'),
      )
      expect(here.length, room).toBe(sourcesIn(join(ROOT, room)))
    }
  })

  it('are crossed by no import', () => {
    expect(violations(result)).toEqual([])
  })
})

describe('core', () => {
  it('imports zod and nothing else', () => {
    const core = ownModules(result).filter(
      ({ source }) => source.startsWith('packages/core/src/') && !source.endsWith('.test.ts'),
    )
    const outside = core
      .flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved))
      .filter((one) => !one.startsWith('packages/core/src/'))

    expect(core.length).toBeGreaterThan(20)
    expect(new Set(outside.map((one) => one.replace(/^node_modules\/([^/]+)\/.*/, '$1')))).toEqual(new Set(['zod']))
  })

  it('is filed in its layers, and the ground they stand on is small', () => {
    const sources = globSync('packages/core/src/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.test.ts'))
    const linesIn = (layers: readonly string[]): number =>
      sources
        .filter((path) => layers.some((layer) => path.startsWith(`packages/core/src/${layer}/`)))
        .reduce((sum, path) => sum + readFileSync(join(ROOT, path), 'utf8').split('\n').length, 0)
    const unfiled = sources.filter((path) => !LAYERS.some((layer) => path.startsWith(`packages/core/src/${layer}/`)))

    expect(unfiled).toEqual(['packages/core/src/index.ts'])
    expect(linesIn(['shared', 'vocabulary']) / linesIn(LAYERS)).toBeLessThanOrEqual(0.15)
  })

  it('has no clock and no randomness of its own', () => {
    const impure =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\b|\bperformance\b|\bprocess\.\w|\bset(Timeout|Interval)\(/
    const sources = globSync('packages/core/src/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.test.ts'))

    expect(sources.length).toBeGreaterThan(20)
    expect(sources.filter((path) => impure.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([])
  })
})

describe('a platform', () => {
  const namesOf = (text: string): readonly string[] =>
    text
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .split('\n')
      .map((row) => row.replace(/(^|\s)\/\/.*/, ''))
      .filter((row) => /slack|discord/i.test(row))

  it('is named by no command, card or letter: a third one changes none of them', () => {
    const sources = globSync('packages/{chat,bot-kit,engine,mail,advisory}/src/**/*.ts', { cwd: ROOT }).filter(
      (path) => !path.endsWith('.test.ts') && !path.includes('/contract/'),
    )
    const named = sources.flatMap((path) =>
      namesOf(readFileSync(join(ROOT, path), 'utf8')).map((row) => `${path}: ${row.trim()}`),
    )

    expect(sources.length).toBeGreaterThan(200)
    expect(named).toEqual([])
    expect(namesOf("/** As in Slack. */\nif (platform === 'discord') return // in Slack")).toHaveLength(1)
  })
})

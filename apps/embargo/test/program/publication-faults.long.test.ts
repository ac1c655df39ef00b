import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { later, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { isAnnouncement, isPost, startHouse } from './publication-house.ts'
import type { House } from './publication-house.ts'
import { eachMoment, writes } from './publication-moments.ts'
import { ANNOUNCE, CASE, NAME, POSTS, RELEASE } from './publication-policy.ts'
import { disclose, UNTIL, untilDisclosed, untilMailsStopWaiting, untilPrenotified, WAIT } from './publication-steps.ts'

const PATCH = 'PATCH /repos/{owner}/{repo}/security-advisories/{ghsa_id}'

/** Each fault hits one call to one target. The three writes to GitHub accept the report, set the texts, and publish. */
const FAULTS: readonly (readonly [string, (house: House) => void])[] = [
  ...[1, 2, 3].map(
    (nth) =>
      [
        `GitHub does not answer write ${nth} of the advisory`,
        ({ github }: House) => {
          github.faults.next(PATCH, { kind: 'hang', ms: 0 }).times(nth - 1)
          github.faults.next(PATCH, { kind: 'lose-answer' })
        },
      ] as const,
  ),
  ['GitHub does not get the first write', ({ github }) => void github.faults.next(PATCH, { kind: 'lose-request' })],
  ['GitHub fails at the first write', ({ github }) => void github.faults.next(PATCH, { kind: 'status', status: 502 })],
  [
    'GitHub limits the rate',
    ({ github }) => void github.faults.next(PATCH, { kind: 'rate-limited', limit: 'secondary', seconds: 1 }),
  ],
  ['CVE Services does not answer the record', ({ cve }) => cve.faults.next('publish', { is: 'lose-answer' })],
  ['CVE Services does not get the record', ({ cve }) => cve.faults.next('publish', { is: 'lose-request' })],
  ['CVE Services fails', ({ cve }) => cve.faults.next('publish', { is: 'status', status: 503 })],
  ...(
    [
      ['fails', { kind: 'status', status: 502 }],
      ['limits the rate', { kind: 'rate-limited', limit: 'secondary', seconds: 1 }],
      ['has no requests left for this hour', { kind: 'rate-limited', limit: 'primary', seconds: 1 }],
    ] as const
  ).map(
    ([what, fault]) =>
      [
        `GitHub ${what} at the write that publishes`,
        ({ github }: House) => {
          github.faults.next(PATCH, { kind: 'hang', ms: 0 }).times(2)
          github.faults.next(PATCH, fault)
        },
      ] as const,
  ),
  ...([503, 404, 429, 'silent', 'broken'] as const).map(
    (fault) => [`the registry answers ${fault}`, ({ registry }: House) => void registry.faults.push(fault)] as const,
  ),
  [
    'the relay refuses the announcement for now',
    ({ relay }) => void relay.faults.push({ to: ANNOUNCE, is: 'reply', code: 451, text: 'try again later' }),
  ],
]

describe('a publication to a target that fails once', () => {
  it.each(FAULTS)(
    'is complete in the end, with nothing published twice or too early: %s',
    async (_name, fails) => {
      await using house = await startHouse()
      const { github, cve, registry, published } = house
      const ghsa = await untilPrenotified(house)
      const moments = eachMoment(house, ghsa)
      let early: readonly string[] | undefined
      registry.onFirstVersion(() => {
        early = published()
      })
      fails(house)
      await disclose(house)
      expect(await moments.advisory).toEqual(['advisory'])
      expect(early).toEqual([])
      expect(await moments.record).toEqual(['advisory', 'file', 'CVE record'])
      expect(await moments.announcement).toEqual(['advisory', 'file', 'CVE record', 'records', 'announcement'])
      expect((await moments.post).at(-1)).toBe('post to oss-security')
      await untilDisclosed(house, RELEASE)
      expect(published()).toHaveLength(6)
      expect([...github.state.repository(NAME).advisories.keys()]).toEqual([ghsa])
      expect(writes(house).filter((write) => write === 'PATCH published 200').length).toBeLessThanOrEqual(1)
      expect([cve.service.ids.size, cve.service.records.size]).toEqual([1, 1])
      expect(house.recipients()).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
    },
    240_000,
  )
})

/** What the relay does with the announcement, and whether the announcement reaches the list. */
const RELAY_FAULTS = [
  ['refuses it', { is: 'reply', code: 550, text: 'not here' }, 'again'],
  ['takes it and does not say so', { is: 'lost-answer' }, 'went'],
  ['breaks the connection', { is: 'lost-request' }, 'again'],
] as const

describe('a publication whose announcement fails at the relay', () => {
  it.each(RELAY_FAULTS)(
    'has every record, posts to oss-security after 15 minutes, and announces once when a person says what happened: the relay %s',
    async (_name, fault, outcome) => {
      await using house = await startHouse()
      const { clock, submit, relay, published } = house
      await untilPrenotified(house)
      relay.faults.push({ to: ANNOUNCE, ...fault })
      await disclose(house)
      const parked = async () => (await house.release())?.parked ?? []
      await expect.poll(parked, WAIT).toHaveLength(1)
      const [doubt] = await parked()
      const records = ['advisory', 'file', 'CVE record', 'records']
      expect(published()).toEqual([...records, ...(outcome === 'went' ? ['announcement'] : [])])
      clock.moveTo(later(RELEASE, 15 * MINUTE))
      await relay.until(isPost, UNTIL)
      if (doubt === undefined) throw new Error('nothing waits')
      await submit('ana', { verb: 'settle', case: CASE, effect: doubt.effect, outcome })
      await untilDisclosed(house)
      expect(published()).toEqual([...records, 'announcement', 'post to oss-security'])
      expect(relay.mails.filter(isAnnouncement)).toHaveLength(1)
      expect(relay.mails.filter(isPost)).toHaveLength(1)
    },
    240_000,
  )
})

/** What is wrong with the folder, and how the operator mends it. */
const FOLDER_FAULTS: readonly (readonly [string, (files: string) => () => void])[] = [
  [
    'a file is where the folder was',
    (files) => {
      rmSync(files, { recursive: true })
      writeFileSync(files, '')
      return () => {
        rmSync(files)
        mkdirSync(files)
      }
    },
  ],
  [
    'a file is where one of its folders was',
    (files) => {
      writeFileSync(join(files, 'advisories'), '')
      return () => rmSync(join(files, 'advisories'))
    },
  ],
  [
    'another program died and left the lock of its Git working copy',
    (files) => {
      const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: files })
      git('init', '--quiet')
      git('config', 'user.name', 'Embargo')
      git('config', 'user.email', 'embargo@quillmark.example')
      writeFileSync(join(files, '.git/index.lock'), '')
      return () => rmSync(join(files, '.git/index.lock'))
    },
  ],
]

describe('a publication to a folder that cannot be written', () => {
  it.each(FOLDER_FAULTS)(
    'does not hold up the mails for longer than 15 minutes, and is complete once the folder is mended: %s',
    async (_name, fails) => {
      await using house = await startHouse()
      const { github, cve, published } = house
      const ghsa = await untilPrenotified(house)
      const mend = fails(house.files)
      await disclose(house)
      await github.until((state) => state.advisory(ghsa).state === 'published', UNTIL)
      await untilMailsStopWaiting(house)
      expect((await house.release())?.disclosedAt).toBeUndefined()
      mend()
      house.passHours(1)
      await untilDisclosed(house)
      expect(published()).toHaveLength(6)
      expect([cve.service.ids.size, cve.service.records.size]).toEqual([1, 1])
      expect(house.recipients()).toEqual([ANNOUNCE, ANNOUNCE, POSTS])
    },
    240_000,
  )
})

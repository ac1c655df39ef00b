import { startPostgres } from '@embargo/testkit'
import { describe, expect, it } from 'vitest'
import { POINTS } from './points.ts'
import type { PlannedKill } from './points.ts'
import { randomFrom } from './random.ts'
import { lineOf } from './report.ts'
import { playRound } from './round.ts'
import { playRounds } from './rounds.ts'
import type { RoundResult } from './rounds.ts'

/** Each test starts and kills a whole program many times, and the machine may be busy with other tests. */
const TIMEOUT_MS = 600_000

/** The program dies once at each of these places. */
const TOUR: readonly PlannedKill[] = [
  { kill: { is: 'point', hook: 'migration-applied', nth: 1 } },
  { kill: { is: 'point', hook: 'mail-stored-before-250', nth: 1 } },
  { kill: { is: 'answered-not-placed', nth: 1 } },
  { kill: { is: 'point', hook: 'imap-mail-fetched-before-store', nth: 1 } },
  { kill: { is: 'point', hook: 'imap-mail-stored', nth: 1 } },
  { kill: { is: 'point', hook: 'before-effect:open-channel', nth: 1 } },
  { kill: { is: 'point', hook: 'after-outside-before-record:open-channel', nth: 1 } },
  { kill: { is: 'point', hook: 'after-outside-before-record:post', nth: 1 } },
  { kill: { is: 'point', hook: 'clock-due-before-told', nth: 1 } },
  { kill: { is: 'point', hook: 'before-effect:send-mail:acknowledgment', nth: 1 } },
  {
    kill: { is: 'point', hook: 'after-outside-before-record:send-mail:acknowledgment', nth: 1 },
    doubt: { letter: 'acknowledgment', then: 'sent-again' },
  },
  { kill: { is: 'point', hook: 'lmtp-first-reply', nth: 1 } },
  {
    kill: { is: 'point', hook: 'after-outside-before-record:send-mail:prenotification', nth: 1 },
    doubt: { letter: 'prenotification', then: 'asked' },
  },
  { kill: { is: 'point', hook: 'bounce-placed-before-case', nth: 1 } },
  { kill: { is: 'point', hook: 'bounce-in-case', nth: 1 } },
  ...[
    'after-outside-before-record:reserve-cve',
    'after-outside-before-record:deliver:fixed-versions',
    'before-effect:deliver:github-advisory',
    'after-outside-before-record:deliver:github-advisory',
    'after-record:deliver:github-advisory',
    'after-outside-before-record:deliver:file-tree',
    'after-outside-before-record:deliver:cve-record',
    'after-outside-before-record:deliver:records',
  ].map((hook): PlannedKill => ({ kill: { is: 'point', hook, nth: 1 } })),
  {
    kill: { is: 'point', hook: 'after-outside-before-record:send-mail:announcement', nth: 1 },
    doubt: { letter: 'announcement', then: 'asked' },
  },
  { kill: { is: 'point', hook: 'after-record:send-mail:oss-security', nth: 1 } },
]

/**
 * Kills at the mails of the publication. The last of these mails ends the publication, so the kills of the next stage
 * happen after the publication.
 */
const PUBLISHED: readonly PlannedKill[] = [
  ...['announcement', 'oss-security', 'embargo-lifted', 'thanks'].flatMap((letter) =>
    ['before-effect', 'after-record'].map((place): PlannedKill => ({
      kill: { is: 'point', hook: `${place}:send-mail:${letter}`, nth: 1 },
    })),
  ),
  ...['embargo-lifted', 'thanks'].map((letter): PlannedKill => ({
    kill: { is: 'point', hook: `after-outside-before-record:send-mail:${letter}`, nth: 1 },
    doubt: { letter, then: 'sent-again' },
  })),
]

/**
 * Kills at the deliveries that follow when a CVE id comes after the publication. The correction repeats these
 * deliveries. The last kill comes after the last delivery, so the kills of the next stage happen in the correction.
 */
const LATE_CVE = [
  'after-outside-before-record:deliver:github-advisory',
  'after-outside-before-record:deliver:cve-record',
  'after-record:deliver:records',
].map((hook): PlannedKill => ({ kill: { is: 'point', hook, nth: 1 } }))

const WITHDRAWAL: readonly PlannedKill[] = [
  ...[
    'after-outside-before-record:deliver:github-advisory',
    'after-outside-before-record:deliver:file-tree',
    'after-outside-before-record:deliver:cve-record',
    'before-effect:send-mail:correction',
    'after-record:send-mail:correction',
  ].map((hook): PlannedKill => ({ kill: { is: 'point', hook, nth: 1 } })),
]

/** The correction after the publication. */
const CORRECTION: readonly PlannedKill[] = [
  ...[
    'before-effect:deliver:github-advisory',
    'after-outside-before-record:deliver:github-advisory',
    'after-record:deliver:github-advisory',
    'after-outside-before-record:deliver:file-tree',
    'after-outside-before-record:deliver:cve-record',
    'after-record:deliver:cve-record',
    'after-outside-before-record:deliver:records',
  ].map((hook): PlannedKill => ({ kill: { is: 'point', hook, nth: 1 } })),
  {
    kill: { is: 'point', hook: 'after-outside-before-record:send-mail:correction', nth: 1 },
    doubt: { letter: 'correction', then: 'asked' },
  },
]

/**
 * On PostgreSQL, each kill takes longer, because the next process waits until the lease of the killed process expires.
 * So the program is killed in only one step of the publication: the advisory at GitHub, which cannot be undone. It is
 * killed only once while it puts a mail into a case (`answered-not-placed`), because another process takes over that
 * mail only after two minutes.
 */
const TOUR_ON_POSTGRESQL = TOUR.filter(
  ({ kill }) =>
    kill.is !== 'point' ||
    kill.hook === 'after-outside-before-record:deliver:github-advisory' ||
    !(
      kill.hook === 'bounce-placed-before-case' ||
      kill.hook.includes(':deliver:') ||
      kill.hook.endsWith('reserve-cve')
    ),
)

describe('a program that is killed', () => {
  it(
    'at every named point of one case neither loses nor doubles anything',
    async () => {
      const { deaths, violations } = await playRound({ stages: [TOUR], random: randomFrom(1) })
      expect(violations).toEqual([])
      expect(deaths).toBe(TOUR.length)
    },
    TIMEOUT_MS,
  )

  it(
    'at every named point of a late CVE id, a correction and a withdrawal neither loses nor doubles anything',
    async () => {
      const stages = [PUBLISHED, LATE_CVE, CORRECTION, WITHDRAWAL]
      const { deaths, violations } = await playRound({ stages, ending: 'withdrawn', random: randomFrom(3) })
      expect(violations).toEqual([])
      expect(deaths).toBe(stages.flat().length)
    },
    TIMEOUT_MS,
  )

  it(
    'at every named point of one case on PostgreSQL neither loses nor doubles anything',
    async () => {
      await using postgres = await startPostgres()
      const database = await postgres.database()
      const { deaths, violations } = await playRound({ stages: [TOUR_ON_POSTGRESQL], random: randomFrom(4), database })
      expect(violations).toEqual([])
      expect(deaths).toBe(TOUR_ON_POSTGRESQL.length)
    },
    TIMEOUT_MS,
  )

  it(
    'repeatedly while it receives the same mail still reads that mail',
    async () => {
      const placed = (): PlannedKill => ({ kill: { is: 'point', hook: 'mail-placed-before-case', nth: 1 } })
      // If the program died more than five times while reading the same mail, it would set the mail aside as the cause.
      const stages = Array.from({ length: 5 }, () => [placed()])
      const { deaths, violations } = await playRound({ stages, random: randomFrom(2) })
      expect(violations).toEqual([])
      expect(deaths).toBe(stages.length)
    },
    TIMEOUT_MS,
  )

  it(
    'at chosen passages of other places neither loses nor doubles anything',
    async () => {
      const points = POINTS.filter(({ name }) => ['card placed, before it is recorded', 'at any moment'].includes(name))
      const played: RoundResult[] = []
      for await (const one of playRounds({ rounds: points.length, seed: 7, points })) played.push(one)
      expect(played.filter(({ violations }) => violations.length > 0).map(lineOf)).toEqual([])
      expect(played.map(({ point }) => point)).toEqual(points.map(({ name }) => name))
    },
    TIMEOUT_MS,
  )
})

import { userInfo } from 'node:os'
import { CaseId, DAY, HOUR, instant, later, PersonId, Policy, PROFILES, Severity } from '@embargo/core'
import type { Instant, Measures, Milestones } from '@embargo/core'
import type { CaseRow } from '@embargo/engine'
import { operate } from 'embargo'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'
import { emptyOffice } from './office.ts'
import type { Office } from './office.ts'

const CASES = 5000
const FEW = 100
const ROUNDS = 7
const WANTED_MS = 2000
const YEAR = 365 * DAY
const NOW = instant(Date.UTC(2026, 11, 31))
const FROM = instant(NOW - YEAR)
const ME = PersonId.parse('me')

/** Whoever runs this is in the policy: nobody else is told the times. */
const policy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }],
  people: [{ id: ME, name: 'Me', roles: ['admin', 'team'], osUser: userInfo().username }],
  platforms: ['terminal'],
})

/** `embargo report --from --to`: a year of cases read from their lines, unsealed, and held against the policy. */
export const reportBench: Bench = {
  name: 'report',
  async measure() {
    await using few = await yearOf(FEW)
    await using many = await yearOf(CASES)
    const times: number[] = []
    const beside: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await timed(() => report(many, CASES)))
      beside.push(await timed(() => report(few, FEW)))
    }
    const value = Math.round(median(times))
    return [
      {
        work: `report over a year of ${CASES} cases`,
        value,
        unit: 'ms (median)',
        runs: ROUNDS,
        target: `under ${WANTED_MS}`,
        met: value < WANTED_MS,
        beside: { what: `${FEW} cases`, value: Math.round(median(beside) * 10) / 10, unit: 'ms' },
      },
    ]
  },
}

/** The very operation that the command line asks for. */
async function report(office: Office, cases: number): Promise<void> {
  const question = { operation: 'measures', input: { from: FROM, to: NOW } }
  const answer = (await operate({ ...office, relays: false }, question)) as Measures
  const disclosed = answer.measures.find(({ measure }) => measure === 'disclosure')
  if (answer.cases !== cases || disclosed === undefined || disclosed.done < cases / 2)
    throw new Error(`The report counts ${answer.cases} of ${cases} cases, and ${disclosed?.done ?? 0} as public.`)
}

/** A year of cases, each as far as it came: the lines as the read model keeps them, without the years of events behind. */
async function yearOf(cases: number): Promise<Office> {
  const office = await emptyOffice(policy)
  for (let n = 0; n < cases; n += 1) await office.store.readModels.replace(lineOf(n, cases))
  return office
}

function lineOf(n: number, cases: number): CaseRow {
  const life = lifeOf(n, later(FROM, Math.floor((n * YEAR) / cases)))
  const open = life.closedAt === undefined
  return {
    stream: CaseId.parse(`SEC-2026-${String(n + 1).padStart(4, '0')}`),
    version: 40,
    open,
    stage: open ? 'fixing' : 'closed',
    urgency: n,
    severity: life.severity,
    owner: ME,
    openedAt: life.openedAt,
    people: [ME],
    channels: [],
    summary: { ...life, coordinator: ME, next: 'verify the patch for main', owner: ME },
  }
}

/** One in ten is not rated yet, one in ten waits for its fix, one in ten is late with everything; the others are over. */
function lifeOf(n: number, openedAt: Instant): Milestones {
  const slow = n % 10 === 2 ? 6 : 1
  const at = (days: number): Instant => later(openedAt, slow * days * DAY)
  const severity = Severity.options[n % Severity.options.length] ?? 'low'
  const begun = { project: 'quillmark', openedAt, acknowledgedAt: later(openedAt, slow * 5 * HOUR) }
  if (n % 10 === 0) return { ...begun, severity: 'unrated' }
  const end = { fixBefore: later(openedAt, 90 * DAY), publicBefore: later(openedAt, 90 * DAY) }
  const rated = { ...begun, severity, decidedAt: at(3), ratedAt: at(3), ...end }
  if (n % 10 === 1) return rated
  return { ...rated, criticalSince: at(4), fixReadyAt: at(20), disclosedAt: at(30), closedAt: at(34) }
}

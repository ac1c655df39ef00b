import {
  CaseId,
  CveId,
  DAY,
  doubtsOf,
  HOUR,
  later,
  mergeTerms,
  MessageId,
  PersonId,
  ReporterId,
  Sha256,
} from '@embargo/core'
import type { Actor, BlobId, CaseState, Instant, Request, World } from '@embargo/core'
import fc from 'fast-check'

/**
 * A step that fast-check draws: who acts, which of the possible requests they make, about which case, and after how
 * long.
 */
export type Step = {
  readonly by: number
  readonly what: number
  readonly on: number
  readonly other: number
  readonly wait: number
  /** Whether the request is made without first checking that it can pass. */
  readonly blind: boolean
  /**
   * How the command comes. `once`: from one writer. `again`: the command is repeated at once, from another writer.
   * `old`: some earlier command is repeated first. `at once`: the same request comes from two writers at the same
   * moment.
   */
  readonly comes: 'once' | 'again' | 'old' | 'at once'
  /** The outcome of a mail, if the step is about one. */
  readonly mail: 'accepted' | 'failed' | 'in doubt'
}

const index = fc.nat({ max: 1_000_000 })

export const step: fc.Arbitrary<Step> = fc.record({
  by: index,
  what: index,
  on: index,
  other: index,
  wait: fc.oneof(
    { weight: 16, arbitrary: fc.constant(0) },
    { weight: 8, arbitrary: fc.constant(HOUR) },
    { weight: 2, arbitrary: fc.constant(DAY) },
    { weight: 1, arbitrary: fc.constantFrom(4 * DAY, 9 * DAY) },
  ),
  blind: fc.nat({ max: 3 }).map((n) => n === 0),
  comes: fc.constantFrom('once', 'once', 'once', 'again', 'old', 'at once'),
  mail: fc.oneof(
    { weight: 5, arbitrary: fc.constant('accepted' as const) },
    { weight: 1, arbitrary: fc.constant('failed' as const) },
    { weight: 1, arbitrary: fc.constant('in doubt' as const) },
  ),
})

export const PEOPLE: readonly PersonId[] = ['ana', 'ben', 'cem'].map((id) => PersonId.parse(id))
const HASHES = ['1', '2'].map((digit) => Sha256.parse(digit.repeat(64)))
const CREDITS = [
  { credit: 'named', name: 'Rafi' },
  { credit: 'pseudonym', name: 'r4fi' },
  { credit: 'anonymous' },
] as const
const LINK = 'https://www.cve.org/CVERecord'
const SETTLED = ['went', 'again', 'withdrawn'] as const
const WAIVED = ['fix', 'reporter-check', 'notice', 'cve', 'credit'] as const
/** If a mail waits for a person's decision, one in this many draws begins with that decision. */
const SETTLES = 4
/** One in this many draws begins with a waiver of a rule. */
const WAIVES = 14
/**
 * Only one in this many draws can declare a conflict of interest. A conflict is permanent and leaves one person alone
 * on the case, so conflicts must be rare.
 */
const CONFLICTS = 8

/** A time on the day of `date` at which the release window is open. */
const atTwo = (date: Instant): Instant => later(date, 14 * HOUR - (date % DAY))

/** The list, rotated: it starts at the member with this index, and the members before it come last. */
export const from = <T>(list: readonly T[], at: number): readonly T[] => [
  ...list.slice(at % list.length),
  ...list.slice(0, at % list.length),
]

export const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length]

export const mailActor: Actor = { kind: 'system', part: 'mail' }

/** A report that comes by mail. The engine replaces the case number here with a new one. */
export const report = (n: number, at: Instant): Request => ({
  verb: 'open-case',
  case: CaseId.parse('SEC-2026-9999'),
  project: 'quillmark',
  message: MessageId.parse(`report-${n}`),
  receivedAt: at,
  reporter: ReporterId.parse(`reporter-${n}`),
  identity: { name: 'Rafi', address: `rafi-${n}@reporter.example` },
  trust: 'nothing-proven',
  automatic: false,
})

type StepContext = {
  readonly n: number
  readonly at: Instant
  readonly blob: BlobId
  /** The cases with which the case may be merged. */
  readonly cases: readonly CaseState[]
}

/**
 * The requests about a case, in the order in which they are tried. In half of the draws, they are the steps from the
 * acknowledgement to the publication (`main`), the last step first. So if an early step and a later step would both
 * pass, the later step is made, and a history gets as far as publications. In the other half of the draws, these steps
 * are mixed with other requests (`beside`), and the list starts at a random request.
 */
export function requests(
  world: World & { readonly case: CaseState },
  draw: Step,
  around: StepContext,
): readonly Request[] {
  const { case: state, release } = world
  const id = state.id
  // Two requests for an approval count as the same only if their JSON texts are equal, so the fields must be in the
  // order that commands use.
  const reason = 'because'
  const because = { case: id, reason } as const
  const [patch = never(), otherPatch = never()] = HASHES
  const branch = pick(['main', '4.2'], draw.other) ?? 'main'
  const date = later(around.at, (7 + (draw.other % 9)) * DAY)
  const legal = atTwo(date)
  const soon = atTwo(later(around.at, 2 * DAY))
  const other = pick(around.cases, draw.other) ?? state
  const message = MessageId.parse(`mail-${around.n}`)
  const last = state.messages.at(-1)?.message ?? message
  const question = pick(
    state.approvals.filter(({ status }) => status === 'open'),
    draw.other,
  )
  const request = { case: id, ...(question === undefined ? {} : { approval: question.id }) }
  const main: readonly Request[] = [
    { verb: 'ack', case: id },
    { verb: 'triage', case: id, disposition: 'valid', severity: 'high' },
    { verb: 'triage.affects', case: id, branch: 'main', affected: true },
    { verb: 'assign-patch', case: id, to: PersonId.parse('ben'), branches: [] },
    { verb: 'patch', case: id, branch: 'main', sha256: patch, blob: around.blob, fileName: 'fix.patch' },
    { verb: 'log-answer', case: id, message: last, answer: { about: 'verification', fixed: true } },
    { verb: 'confirm', case: id, branch: 'main', fixed: true, note: 'looked' },
    { verb: 'advisory', case: id, component: 'loader', impact: 'reads files' },
    { verb: 'prenotify', case: id, at: legal },
    { verb: 'disclose', case: id },
    { verb: 'approve', ...request, typedCase: id },
  ]
  const reported = state.reports.map(({ id: one }) => one)
  const [first] = reported
  const credit = pick(CREDITS, draw.other) ?? never()
  const rule = pick(WAIVED, draw.other) ?? 'fix'
  const waived: Request = { verb: 'waive', case: id, rule, reason, branch, at: soon }
  const outcome = pick(SETTLED, draw.other) ?? 'went'
  const settles = doubtsOf(state, release).map(({ effect }): Request => ({ verb: 'settle', case: id, effect, outcome }))
  const beside: readonly Request[] = [
    { verb: 'triage', case: id, disposition: 'invalid', reason: 'because' },
    { verb: 'triage', case: id, disposition: 'valid', severity: 'low' },
    { verb: 'triage.affects', case: id, branch, affected: draw.other % 3 > 0 },
    { verb: 'confirm', case: id, branch, fixed: false, note: 'because' },
    { verb: 'assign-patch', case: id, to: pick(PEOPLE.slice(0, 2), draw.other) ?? 'reporter', branches: [] },
    { verb: 'triage.duplicate', case: id, of: other.id, end: mergeTerms(state, other, undefined).end ?? 'none' },
    { verb: 'patch', case: id, branch, sha256: otherPatch, blob: around.blob, fileName: 'fix.patch' },
    ...reported.map((one): Request => ({ verb: 'log-answer.credit', case: id, report: one, ...credit })),
    ...reported.map((one): Request => ({ verb: 'open.report', ...because, report: one, project: 'quillmark' })),
    { verb: 'triage.not-now', ...because },
    { verb: 'reopen', ...because },
    { verb: 'close', ...because },
    { verb: 'approve.no', ...request, reason: 'because' },
    { verb: 'release.plan', case: id, at: legal },
    ...(release === undefined ? [] : [{ verb: 'release.add', case: other.id, release: release.id } as const]),
    { verb: 'release.drop', ...because },
    { verb: 'release.cancel', ...because },
    { verb: 'release.move', case: id, at: legal, reason },
    { verb: 'prenotify.update', ...because },
    { verb: 'signal.public', case: id, link: LINK },
    { verb: 'signal.exploit', case: id, link: LINK },
    { verb: 'signal.attack', case: id },
    { verb: 'signal.leak', case: id },
    { verb: 'signal.wrong', case: id, what: 'public', reason },
    { verb: 'disclose.interim', case: id },
    { verb: 'embargo.until', case: id, end: later(around.at, 100 * DAY) },
    { verb: 'embargo.accept', case: id },
    { verb: 'embargo.reject', ...because },
    { verb: 'embargo.open', case: id },
    { verb: 'people.handoff', case: id, to: pick(PEOPLE, draw.other) ?? PersonId.parse('ana') },
    { verb: 'take', case: id },
    { verb: 'people.remove', case: id, person: pick(PEOPLE, draw.other) ?? PersonId.parse('ana') },
    { verb: 'people.invite', case: id, person: pick(PEOPLE, draw.other) ?? PersonId.parse('ana') },
    { verb: 'people.consent', case: id, agreed: draw.other % 4 > 0 },
    { verb: 'cve.request', case: id },
    { verb: 'cve.set', case: id, cve: CveId.parse(`CVE-1900-${1000 + around.n}`) },
    { verb: 'cve.published', case: id, link: LINK },
    { verb: 'prenotify', case: id, at: soon },
    { verb: 'embargo.extend', case: id, end: later(around.at, 130 * DAY), reason },
    { verb: 'embargo.end', case: id, reason: draw.other % 2 === 0 ? 'attacks' : 'leak', text: 'because' },
    { verb: 'embargo.keep', ...because },
    { verb: 'reply.question', case: id, text: around.blob, sha256: patch },
    { verb: 'away', case: id, until: draw.other % 2 === 0 ? 'back' : later(around.at, 2 * DAY) },
    ...(draw.other % CONFLICTS === 0 ? [{ verb: 'people.conflict', ...because } as const] : []),
    ...settles,
    ...(first === undefined
      ? []
      : [
          {
            verb: 'take-in-message',
            case: id,
            message,
            from: 'reporter',
            report: first,
            trust: 'nothing-proven',
            automatic: false,
          } as const,
          { verb: 'log-answer', case: id, message: last, answer: { about: 'credit', ...credit } } as const,
        ]),
  ]
  if (draw.what % 2 === 0)
    return [
      ...(draw.what % SETTLES === 0 ? settles : []),
      ...(draw.what % WAIVES === 0 ? [waived] : []),
      ...main.toReversed(),
    ]
  // After each request that is not in `main`, three requests of `main` follow. So a history soon returns to `main`,
  // even if the order starts elsewhere.
  return from(
    beside.flatMap((one, n) => [one, ...from(main, n * 3).slice(0, 3)]),
    draw.what,
  )
}

function never(): never {
  throw new Error('there are two patches')
}

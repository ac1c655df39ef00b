import {
  CaseId,
  DAY,
  foretell,
  HOUR,
  instant,
  later,
  MessageId,
  ReleaseId,
  ReporterId,
  waitingCommand,
} from '../src/index.ts'
import type { ApprovedMail, CaseState, PersonRequest, PolicySource, ReleaseState } from '../src/index.ts'
import { ana, ben, BLOB, HASH, OTHER_HASH, person, policyOf, Scenario } from './scenario.ts'

export const ONE = CaseId.parse('SEC-2026-0001')
export const TWO = CaseId.parse('SEC-2026-0002')
export const THREE = CaseId.parse('SEC-2026-0003')
/** Tue 19 May 2026, 14:00 UTC */
export const DATE = instant(Date.UTC(2026, 4, 19, 14, 0))
export const NEXT_WEEK = later(DATE, 7 * DAY)
export const RELEASE = ReleaseId.parse('REL-SEC-2026-05-19')
export const shown = { digest: OTHER_HASH, blob: BLOB }

export const withBranches: Partial<PolicySource> = {
  projects: [
    {
      id: 'quillmark',
      name: 'Quillmark',
      cve: 'none',
      address: 'security@quillmark.example',
      announce: 'announce@quillmark.example',
      ossSecurity: 'oss-security@lists.example',
      branches: [{ name: 'main' }, { name: '4.2' }, { name: '3.9' }],
    },
  ],
}

/** Several cases of one project, each with its branch. */
export class Several extends Scenario {
  constructor(policy = policyOf('team', withBranches)) {
    super(policy)
  }

  opened(id: CaseId, by?: typeof ana): this {
    this.does({
      verb: 'open-case',
      case: id,
      project: 'quillmark',
      message: MessageId.parse(`mail-${id}`),
      receivedAt: this.now,
      reporter: ReporterId.parse(`reporter-${id}`),
      identity: { name: 'Rafi', address: 'rafi@reporter.example' },
      ...(by === undefined ? {} : { person: by }),
      trust: 'nothing-proven',
      automatic: false,
    })
    this.does({ verb: 'ack', case: id }, person(by === ana ? ben : ana))
    return this
  }

  /** To an accepted case whose patch for one branch is not there yet. */
  assigned(id: CaseId, branch: string, severity: 'high' | 'low' = 'high'): this {
    this.opened(id)
    this.does({ verb: 'triage', case: id, disposition: 'valid', severity, cwe: 'CWE-22' }, person(ana))
    this.does(
      { verb: 'affects', case: id, branch, affected: true, range: '< 5', fixedVersion: `${branch}.1` },
      person(ana),
    )
    this.does({ verb: 'assign-patch', case: id, to: ben, branches: [] }, person(ana))
    return this
  }

  patched(id: CaseId, sha256 = HASH): this {
    this.does({ verb: 'patch-submit', case: id, sha256, blob: BLOB, fileName: 'fix.patch' }, person(ben))
    return this
  }

  /** To a fix that somebody verified and an advisory that is written. */
  ready(id: CaseId, branch: string, severity: 'high' | 'low' = 'high'): this {
    this.assigned(id, branch, severity).patched(id)
    return this.verified(id)
  }

  verified(id: CaseId): this {
    const state = this.caseState(id)
    const [report] = state.reports
    if (report === undefined) throw new Error('no report')
    const message = MessageId.parse(`answer-${id}-${state.messages.length}`)
    this.wait(HOUR)
    this.does({
      verb: 'take-in-message',
      case: id,
      message,
      from: 'reporter',
      report: report.id,
      trust: 'nothing-proven',
      automatic: false,
    })
    const verifies = state.branches.some(({ fix }) => fix?.is === 'submitted' && fix.verification?.of === 'reporter')
    if (verifies)
      this.does({ verb: 'log-answer', case: id, message, answer: { about: 'verification', fixed: true } }, person(ana))
    else this.does({ verb: 'confirm', case: id, fixed: true }, person(ana))
    if (this.caseState(id).advisory === undefined)
      this.does(
        { verb: 'advisory', case: id, component: 'the loader', impact: 'By … an attacker may read files.' },
        person(ana),
      )
    return this
  }

  caseState(id: CaseId): CaseState {
    const state = this.states.get(id)
    if (state?.kind !== 'case') throw new Error(`no case ${id}`)
    return state
  }

  releaseState(id: ReleaseId = RELEASE): ReleaseState {
    const state = this.states.get(id)
    if (state?.kind !== 'release') throw new Error(`no release ${id}`)
    return state
  }

  /** One release of ONE and TWO, and of THREE where it is asked for. */
  planned(...others: readonly CaseId[]): this {
    this.does({ verb: 'release-plan', case: ONE, at: DATE }, person(ana))
    for (const id of others) this.does({ verb: 'release-add', case: id, release: RELEASE }, person(ana))
    return this
  }

  asked(request: PersonRequest): this {
    this.does({ ...request, ...this.#shown(request) }, person(ana))
    return this
  }

  approved(id: CaseId = ONE) {
    const approval = this.caseState(id).approvals.findLast(({ status }) => status === 'open')
    if (approval === undefined) throw new Error('nothing waits')
    return this.does(
      { verb: 'approve', case: id, approval: approval.id, ...this.#shown(waitingCommand(approval)) },
      person(ben),
    )
  }

  /** What the engine renders: a mail's words are its letter and nothing else. */
  #shown(request: PersonRequest): { shown: { digest: typeof OTHER_HASH; blob: typeof BLOB; mails: ApprovedMail[] } } {
    const foretold = this.foretold(request)
    return { shown: { ...shown, mails: foretold.mails.map(({ letter, to }) => ({ letter, to, words: HASH })) } }
  }

  foretold(request: PersonRequest) {
    const foretold = foretell(this.policy, this.worldAt(request.case), request as never, this.now)
    if (foretold === undefined || 'gate' in foretold) throw new Error('it cannot be shown')
    return foretold
  }

  mails(since = 0): readonly string[] {
    return this.effects
      .slice(since)
      .flatMap((effect) =>
        effect.kind === 'send-mail'
          ? [
              `${effect.letter} ${effect.to.kind === 'report' ? effect.to.report : effect.to.kind === 'recipient' ? effect.to.recipient : effect.to.kind}`,
            ]
          : [],
      )
  }
}

export const twoReady = () => new Several().ready(ONE, 'main').ready(TWO, '4.2')
export const both = () => twoReady().planned(TWO)
export const told = () => {
  const scenario = both().asked({ verb: 'prenotify', case: ONE, at: DATE })
  scenario.approved()
  return delivered(scenario)
}

/** The relay took every mail of the release. */
export function delivered(scenario: Several, release: ReleaseId = RELEASE): Several {
  for (const effect of scenario.effects.filter(({ stream }) => stream === release)) {
    if (effect.kind !== 'send-mail') continue
    const { letter, to } = effect
    scenario.does({
      verb: 'record-outcome',
      stream: release,
      effect: effect.id,
      outcome: { is: 'mail-accepted', letter, to, messageId: '<m@example.org>' },
    })
  }
  return scenario
}

import { CaseId, DAY, HOUR, instant, later, MessageId, ReleaseId, ReporterId } from '@embargo/core'
import type { Actor, PersonRequest, Request } from '@embargo/core'
import type { Scenario } from '../../src/scenario.ts'
import { initialState, worldIn } from '../../src/state.ts'
import type { ModelState } from '../../src/state.ts'
import { RULES } from '../../src/rules.ts'
import { execute } from '../../src/execute.ts'
import { ana, ben, BLOB, HASH, person } from '../sample-policy.ts'

export const ONE = CaseId.parse('SEC-2026-0001')
export const TWO = CaseId.parse('SEC-2026-0002')
/** Tue 19 May 2026, 14:00 UTC */
export const DATE = instant(Date.UTC(2026, 4, 19, 14, 0))
export const NEXT_WEEK = later(DATE, 7 * DAY)
export const RELEASE = ReleaseId.parse('REL-SEC-2026-05-19')

const MAIL: Actor = { kind: 'system', part: 'mail' }

/**
 * The first case is ready. The second case has a patch that nobody has checked. The two reporters chose different
 * credits.
 */
export function startOfTwoCases({ policy, start }: Scenario): ModelState {
  let current = initialState(start)
  const does = (request: Request, actor: Actor): void => {
    const { after, refusal } = execute(RULES, policy, current, { actor, request })
    if (refusal !== undefined) throw new Error(`${request.verb}: ${refusal.because}`)
    current = after
  }
  const asks = (request: PersonRequest): void => does(request, person(ana))
  const written = (id: CaseId, branch: string): void => {
    does(
      {
        verb: 'open-case',
        case: id,
        project: 'quillmark',
        message: MessageId.parse(`mail-${id}`),
        receivedAt: current.now,
        reporter: ReporterId.parse(`reporter-${id}`),
        identity: { name: 'Rafi', address: 'rafi@reporter.example' },
        trust: 'nothing-proven',
        automatic: false,
      },
      MAIL,
    )
    asks({ verb: 'ack', case: id })
    asks({ verb: 'triage', case: id, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
    asks({
      verb: 'triage.affects',
      case: id,
      branch,
      affected: true,
      range: `< ${branch}.1`,
      fixedVersion: `${branch}.1`,
    })
    asks({ verb: 'assign-patch', case: id, to: ben, branches: [] })
    does({ verb: 'patch', case: id, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, person(ben))
  }
  const checked = (id: CaseId): void => {
    current = { ...current, now: later(current.now, HOUR) }
    const message = MessageId.parse(`answer-${id}`)
    const report = worldIn(current.states, id).case?.reports[0]?.id
    if (report === undefined) throw new Error('no report')
    does(
      {
        verb: 'take-in-message',
        case: id,
        message,
        from: 'reporter',
        report,
        trust: 'nothing-proven',
        automatic: false,
      },
      MAIL,
    )
    asks({ verb: 'log-answer', case: id, message, answer: { about: 'verification', fixed: true } })
    asks({ verb: 'advisory', case: id, component: 'the loader', impact: 'By … an attacker may read files.' })
  }
  written(ONE, 'main')
  checked(ONE)
  written(TWO, '4.2')
  asks({ verb: 'log-answer.credit', case: ONE, credit: 'named', name: 'Rafi' })
  asks({ verb: 'log-answer.credit', case: TWO, credit: 'pseudonym', name: 'night owl' })
  return { ...current, pending: [], commands: 0 }
}

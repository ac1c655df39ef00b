import { MessageId, ReporterId } from '@embargo/core'
import type { Actor, Request } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { execute } from '../../src/execute.ts'
import type { Execution } from '../../src/execute.ts'
import { previewOf } from '../../src/preview.ts'
import { RULES } from '../../src/rules.ts'
import { CASE } from '../../src/scenario.ts'
import { initialState, worldAt } from '../../src/state.ts'
import { ana, ben, BLOB, HASH, person, policyOf, START } from '../sample-policy.ts'
import { FIX } from './fix.ts'

const policy = policyOf()

/** A case whose reporter was asked just now to check Ben's patch. */
class VerificationScenario {
  now = initialState(START)
  /** The command after which the reporter was asked. */
  readonly last: Execution

  constructor() {
    const about = { case: CASE } as const
    this.does(
      {
        verb: 'open-case',
        ...about,
        project: 'quillmark',
        message: MessageId.parse('mail-1'),
        receivedAt: START,
        reporter: ReporterId.parse('reporter'),
        identity: { name: 'Rafi', address: 'rafi@reporter.example' },
        trust: 'nothing-proven',
        automatic: false,
      },
      { kind: 'system', part: 'mail' },
    )
    this.does({ verb: 'ack', ...about })
    this.does({ verb: 'triage', ...about, disposition: 'valid', severity: 'high' })
    this.does({ verb: 'triage.affects', ...about, branch: 'main', affected: true })
    this.does({ verb: 'assign-patch', ...about, to: ben, branches: [] })
    this.last = this.does({ verb: 'patch', ...about, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, person(ben))
  }

  does(request: Request, actor: Actor = person(ana)): Execution {
    const execution = execute(RULES, policy, this.now, { actor, request })
    if (execution.refusal !== undefined) throw new Error(execution.refusal.because)
    this.now = execution.after
    return execution
  }
}

const confirm: Request = { verb: 'confirm', case: CASE, branch: 'main', fixed: true, note: 'looked' }
const broken = (execution: Execution) => FIX.filter((one) => one.broken(execution)).map(({ name }) => name)

describe('a team member who confirms the patch before the reporter’s time is over', () => {
  it('does not break the rule if two people waived the check of this patch', () => {
    const asked = new VerificationScenario()
    const waive = { verb: 'waive', case: CASE, rule: 'reporter-check', branch: 'main', reason: 'because' } as const
    const shown = () => previewOf(policy, worldAt(asked.now), waive, START)
    asked.does({ ...waive, shown: shown() })
    asked.does({ verb: 'approve', case: CASE, shown: shown() }, person(ben))
    expect(broken(asked.does(confirm))).toEqual([])
  })

  it('does not break the rule if mail to the only reporter bounced permanently', () => {
    const asked = new VerificationScenario()
    const mailed = asked.last.effects.find(
      (effect) => effect.kind === 'send-mail' && effect.letter === 'verification-request',
    )
    if (mailed?.kind !== 'send-mail') throw new Error('no mail')
    const { id: effect, letter, to } = mailed
    const message = MessageId.parse('bounce')
    const bounce = { verb: 'record-bounce', case: CASE, of: CASE, effect, letter, to, message } as const
    asked.does({ ...bounce, kind: 'hard', status: '5.1.1' }, { kind: 'system', part: 'mail' })
    expect(broken(asked.does(confirm))).toEqual([])
  })
})

import { personOf } from '../../state/people/directory.ts'
import { COMMON_GATES } from '../../gates/common.ts'
import type { Context } from '../../gates/gate.ts'
import { contextOfCase } from '../../gates/other-case.ts'
import { isReleaseWide } from '../../gates/seat-in-release.ts'
import { releaseCases } from '../../state/release/release-cases.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { PersonRequest } from '../../vocabulary/command.ts'

type ApprovalContext = Omit<Context, 'actor' | 'person' | 'request'>

/**
 * Why a person's approval or request no longer counts: the person lost the required role, or left the case. Undefined
 * if it still counts.
 */
export function lostApprover(
  seen: ApprovalContext,
  approver: PersonId,
  request: PersonRequest,
  cases = isReleaseWide(request.verb) ? releaseCases(seen) : [seen.state],
): string | undefined {
  const person = personOf(seen.whole, approver)
  const name = person?.name ?? approver
  const context: Context = {
    ...seen,
    actor: { kind: 'system', part: 'clock' },
    person,
    request,
  }
  const lost = cases.find((one) => COMMON_GATES.some((gate) => gate.check(contextOfCase(context, one)) !== undefined))
  return lost === undefined ? undefined : `${name}, who requested or approved this, may no longer do so in ${lost.id}`
}

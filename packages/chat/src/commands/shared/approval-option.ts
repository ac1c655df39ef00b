import { z } from 'zod'
import { ApprovalId } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { approvalChoiceCard } from '../../cards/approval-choice.ts'
import type { CaseCall } from '../../chat-command.ts'
import { about } from '../../option.ts'
import type { Reply } from '../../types.ts'

/** Longer than any approval's id. */
const MAX_NAME = 40

/**
 * Which approval request is meant. It is needed only if several are pending. A button carries the whole id; people type
 * the short one.
 */
export const approvalOption = () =>
  z.string().max(MAX_NAME).exactOptional().register(about, {
    label: 'Which request',
    hint: 'Only if several are pending: a1, a2 …',
    takes: 'named',
    carried: true,
    suggests: 'approval',
    shownAs: 'a1',
  })

/** The whole id of an approval of this case, even if the request was already answered. */
export function approvalIdOf(id: CaseId, named: string | undefined): ApprovalId | undefined {
  if (named === undefined) return undefined
  return ApprovalId.parse(named.includes('/') ? named : `${id}/${named}`)
}

export const askWhichApproval = (call: CaseCall<unknown>, verb: 'approve' | 'approve.no'): Reply => ({
  audience: 'caller',
  card: approvalChoiceCard({
    seen: call.case,
    policy: call.engine.policy.policy,
    place: call.invocation.place,
    verb,
  }),
})

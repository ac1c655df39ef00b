import { mayGoOnAlone } from '../gates/second-person.ts'
import type { Approval } from '../state/state.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Person } from '../policy/schema.ts'
import { firstOf } from './fix-action.ts'
import type { NextAction } from './fix-action.ts'

type ApprovalPeople = {
  readonly name: (id: string | undefined) => string | undefined
  /** The people who are asked, in order. */
  readonly line: readonly Person[]
  readonly at: Instant
  /** The people on the case who may act, away or not. */
  readonly team: readonly Person[]
}

export function approvalAction(approval: Approval, { name, line, at, team }: ApprovalPeople): NextAction {
  const asker = name(approval.by) ?? 'the person who asked'
  if (approval.mode === 'second-look') {
    const { notBefore: due } = approval
    return { action: `look again and approve, from ${isoInstant(due)}`, owner: asker, verb: 'approve', due }
  }
  const admins = approval.mode === 'second-admin'
  const mayAnswer = ({ id, roles }: Person) => id !== approval.by && (!admins || roles.includes('admin'))
  const anybody = `any ${admins ? 'admin' : 'team member'} but ${asker}`
  if (mayGoOnAlone(approval, at))
    return {
      action: 'approve alone, because nobody answered',
      owner: asker,
      others: `${anybody}: approve or refuse`,
      verb: 'approve',
    }
  if (!team.some(mayAnswer))
    return {
      action: `invite somebody who can approve or refuse what ${asker} asked for`,
      owner: asker,
      verb: 'people.invite',
    }
  return { action: 'approve or refuse', ...firstOf(line.filter(mayAnswer), anybody), verb: 'approve' }
}

import { pendingCommand } from '@embargo/core'
import type { Approval, CaseState, Instant } from '@embargo/core'
import { WAIVED } from './waiver-words.ts'

export type WaitingCommand = ReturnType<typeof pendingCommand>

/** The command that waits for the approval; undefined if a newer version of the program stored it. */
export function waitingCommandOf(approval: Approval): WaitingCommand | undefined {
  try {
    return pendingCommand(approval)
  } catch {
    return undefined
  }
}

const IN_WORDS: Readonly<Record<Exclude<WaitingCommand['verb'], 'waive'>, string>> = {
  prenotify: 'pre-notify the lists',
  'prenotify.update': 'send changed patches and texts to everybody who has the old ones, or correct the heads-up',
  disclose: 'publish',
  correct: 'correct what is published',
  'correct.cve': 'put the CVE id into the records although the wording check refused their text',
  'correct.withdraw': 'withdraw the published record',
  'release.move': 'move the release to another day',
  'release.cancel': 'cancel the release',
  'release.drop': 'take this case out of its release',
  'hold.off': 'let the held release go on',
  'disclose.interim': 'publish what is known before there is a fix',
  'signal.public': 'treat the vulnerability as public',
  'signal.exploit': 'treat an exploit as public',
  'signal.attack': 'treat attacks as observed',
  'signal.leak': 'treat details as leaked',
  'signal.wrong': 'record that a signal was wrong',
  'embargo.extend': 'extend the embargo beyond what the reporter and the team can agree on alone',
  'embargo.end': 'end the embargo before its time',
  'party.forward': 'send the report to another vendor',
  'log-answer.address': 'write to the reporter at another address',
}

export function approvalInWords(approval: Approval): string {
  const command = waitingCommandOf(approval)
  if (command === undefined) return 'do what is shown'
  if (command.verb !== 'waive') return IN_WORDS[command.verb]
  return `${WAIVED[command.rule]}${command.branch === undefined ? '' : ` (${command.branch})`}`
}

/** The short name that people type: `a2` of `SEC-2026-0001/a2`. */
export const shortNameOf = ({ id }: Pick<Approval, 'id'>): string => id.slice(id.lastIndexOf('/') + 1)

export const openApprovals = ({ approvals }: Pick<CaseState, 'approvals'>): readonly Approval[] =>
  approvals.filter(({ status }) => status === 'open')

/** The approval with this id, whole or short. Without an id: the only pending approval. */
export function findApproval(state: Pick<CaseState, 'approvals'>, named: string | undefined): Approval | undefined {
  const open = openApprovals(state)
  if (named !== undefined) return open.find((one) => one.id === named || shortNameOf(one) === named)
  return open.length === 1 ? open[0] : undefined
}

/** The release date in the command that waits for this approval. */
export function askedDate(approval: Approval): Instant | undefined {
  const command = waitingCommandOf(approval)
  return command?.verb === 'prenotify' || command?.verb === 'release.move' ? command.at : undefined
}

import { releaseCases, prenotificationMails } from '@embargo/core'
import type { CaseState, PendingCommand, Policy, World } from '@embargo/core'

/** What cannot be undone about each command. It is said before the command is carried out. */
const CANNOT_BE_UNDONE: Readonly<Record<PendingCommand['verb'], string>> = {
  prenotify: 'Mail cannot be called back: the recipients will know.',
  'embargo.extend': 'Everybody must keep the secret longer, and users go longer without a fix.',
  'embargo.end': 'An ended embargo does not come back.',
  'prenotify.update': 'Mail cannot be called back: the recipients will know.',
  'release.move': 'Everybody who knows the old date is told the new one, and mail cannot be called back.',
  'release.cancel':
    'Everybody who knows the date is told that it no longer holds. Those who have the patches keep them.',
  'release.drop':
    'Everybody who was told of this case is told that it is not in the release. Those who have the patches keep them.',
  'hold.off': 'What is sent after this cannot be called back.',
  'disclose.interim': 'What is public stays public, and publishing it ends the embargo.',
  'signal.public': 'The embargo ends at once, and only a new agreement can start another.',
  'signal.exploit': 'The embargo ends at once, and only a new agreement can start another.',
  'signal.attack': 'The severity rises, and is not lowered automatically later.',
  'signal.leak': 'Recipients who are told of a leak cannot unlearn it.',
  'signal.wrong':
    'The log keeps the signal and the correction. An embargo that has ended comes back only by a new agreement.',
  disclose: 'What is public stays public, and the embargo ends with the first step.',
  correct: 'What is public stays public: programs and people may have read the record as it was.',
  'correct.cve': 'What is public stays public.',
  'correct.withdraw': 'A withdrawn record is not published again: a new report opens a new case.',
  'party.forward': 'Mail cannot be called back: the vendor will have the report.',
  'log-answer.address': 'What was mailed to a wrong address cannot be called back.',
  waive: 'A waiver stays in the log and in the status of the case.',
}

const ONLY_THE_HEADS_UP =
  'No recipient list is told of this case, so no recipient is mailed. The heads-up is posted, and what is public stays public.'

const NOBODY_AT_ALL =
  'No recipient list is told of this case and no heads-up is due, so nothing is mailed. The release gets its date.'

/** If `world` is given, all cases of the release are considered. */
type CaseScope = { readonly state: CaseState; readonly policy: Policy; readonly world?: World }

export function cannotBeUndone(verb: string | undefined, of?: CaseScope): string {
  if (verb === 'prenotify' && of !== undefined) return prenotifying(of)
  return Object.entries(CANNOT_BE_UNDONE).find(([one]) => one === verb)?.[1] ?? 'This cannot be undone.'
}

function prenotifying({ state, policy, world }: CaseScope): string {
  const cases = world === undefined ? [state] : releaseCases({ state, release: world.release, others: world.others })
  const mails = prenotificationMails(policy, cases)
  if (mails.some(({ letter }) => letter === 'prenotification')) return CANNOT_BE_UNDONE.prenotify
  return mails.length > 0 ? ONLY_THE_HEADS_UP : NOBODY_AT_ALL
}

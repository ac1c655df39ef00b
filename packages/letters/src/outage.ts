import { layout, PLATFORM_WORDS } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { date, signature } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/**
 * The mail to admins about a service that does not work, a test mail that did not come back, or something that expires
 * soon. The same kind of mail says when the problem is over. The mail belongs to no case.
 */
export type OutageFields = Omit<LetterBase, 'caseNumber'> & {
  readonly outside: Platform | 'mail' | 'mailbox' | 'private-reports'
  /**
   * `all`: nothing can be posted. `opening`: no channel can be opened. `channel`: something fails in a case's channel.
   * `return`: a test mail of ours did not come back. `keys`: OpenPGP keys expire soon. `security-txt`: a website's
   * security.txt expires soon.
   */
  readonly what: 'all' | 'opening' | 'channel' | 'return' | 'keys' | 'security-txt'
  /** The cause, and what to do about it; absent when the service works again. */
  readonly why?: string
  /** Epoch milliseconds. */
  readonly since: number
}

function placeOf(outside: OutageFields['outside']): string {
  switch (outside) {
    case 'mail':
      return 'the mail relay'
    case 'mailbox':
      return 'the mailbox'
    case 'private-reports':
      return 'private reports'
    default:
      return PLATFORM_WORDS[outside].called
  }
}

/** For services from which Embargo only reads: new mails or reports stay there until the service works again. */
const STAYS: Readonly<Partial<Record<OutageFields['outside'], string>>> = {
  mailbox:
    'New mail stays in the mailbox. None is lost, and Embargo reads it as soon as the mailbox works again. Deadlines run as always.',
  'private-reports':
    'New reports stay on the site where they were submitted. None is lost, and Embargo reads them as soon as it can. Until then, look there yourself. Deadlines run as always.',
}

export function outage(fields: OutageFields): Letter {
  const { outside, what, why } = fields
  if (what === 'keys')
    return letterOf(fields, why === undefined ? 'No OpenPGP key expires soon' : 'OpenPGP keys expire soon', ofKeys(why))
  if (what === 'security-txt')
    return letterOf(
      fields,
      why === undefined ? 'No security.txt expires soon' : 'A security.txt expires soon',
      why === undefined ? ['The new expiry date is in the policy.'] : [why, NO_LONGER_BELIEVED],
    )
  const place = placeOf(outside)
  const ended = what === 'return' ? 'The test mail of Embargo arrives again' : `Embargo works on ${place} again`
  const since = date(fields.since, fields)
  const work = {
    all: outside === 'mail' ? 'send mail' : STAYS[outside] === undefined ? `post on ${place}` : `read ${place}`,
    opening: `open channels on ${place}`,
    channel: `do all of its work in a channel on ${place}`,
    return: 'receive its own test mail',
  }[what]
  const body = what === 'return' ? ofTestMail(since, why) : ofOutside({ outside, place, work, since }, why)
  return letterOf(fields, why === undefined ? ended : `Embargo cannot ${work}`, body)
}

const letterOf = (fields: OutageFields, subject: string, body: readonly string[]): Letter => ({
  subject,
  text: `${layout(['Hello,', ...body, 'A program wrote this mail; nobody reads an answer to it.'])}\n\n${signature(fields)}\n`,
  attachments: [],
  automatic: true,
})

const NO_LONGER_BELIEVED =
  'After that day, people who find a vulnerability cannot tell whether the address in the file is still valid.'

const ofKeys = (why: string | undefined): readonly string[] =>
  why === undefined
    ? ['Every OpenPGP key that was about to expire was extended or replaced.']
    : [why, 'Mails to the owner of an expired key wait until there is a new key.']

type Work = Pick<OutageFields, 'outside'> & { readonly place: string; readonly work: string; readonly since: string }

const ofOutside = ({ outside, place, work, since }: Work, why: string | undefined): readonly string[] =>
  why === undefined
    ? [
        `Embargo works on ${place} again. It had not been able to ${work} since ${since}.`,
        'Everything that had to wait is done now.',
      ]
    : [
        `Embargo has not been able to ${work} since ${since}.`,
        why,
        STAYS[outside] ??
          `Mail is accepted and deadlines run as always. Nothing that waits for ${place} is lost, and Embargo continues as soon as ${place} works again. If you set a new token, restart Embargo.`,
      ]

const ofTestMail = (since: string, why: string | undefined): readonly string[] =>
  why === undefined
    ? [`The test mail arrived. None had arrived since ${since}.`, 'Reports may have been lost or delayed in between.']
    : [why, `Embargo noticed this on ${since}. Reports from outside might not arrive either. Deadlines run as always.`]

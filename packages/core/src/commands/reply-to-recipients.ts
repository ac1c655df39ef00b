import type { PersonRequest } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import { noSignalPending } from '../gates/no-signal-pending.ts'
import { refuse } from '../gates/gate.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { everHeld, holdersOf } from '../state/release/holders.ts'
import type { PrenotifiedRecipient } from '../state/release/state.ts'
import { acceptsDetails, keyHasExpired } from '../policy/recipient-key.ts'
import { listAnd } from '../text/name-list.ts'
import type { CaseState } from '../state/state.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { HOLD_CAUSES, heldBy } from './publication/hold-causes.ts'
import { isVendor } from './reply-to-vendor.ts'
import type { ToVendor } from './reply-to-vendor.ts'

type Reply = Extract<PersonRequest, { verb: 'reply' }>
type RecipientTarget = Exclude<Reply['to'], ToVendor | undefined>
type ReplyContext = Pick<Context<Reply>, 'state' | 'release' | 'others'>

const isNamed = (to: Exclude<RecipientTarget, 'recipients'>, list: string, recipient: string): boolean =>
  recipient === to.recipient && (to.list === undefined || to.list === list)

const isTo = (to: RecipientTarget, { list, recipient }: PrenotifiedRecipient): boolean =>
  to === 'recipients' || isNamed(to, list, recipient)

/**
 * The recipients who get the mail: the named one, or everybody who has patches and still gets mails. A recipient who is
 * suspected of a leak gets only mails that name this recipient.
 */
export const recipientsMeant = (seen: ReplyContext, to: RecipientTarget): readonly PrenotifiedRecipient[] =>
  (to === 'recipients' ? holdersOf : everHeld)(seen.state, seen).filter((one) => isTo(to, one))

const toRecipientsOf = ({ request }: Context): RecipientTarget | undefined =>
  request.verb === 'reply' && !isVendor(request.to) ? request.to : undefined

/**
 * Refuses mail to recipients while a signal is open. Such mail is under embargo, and a signal freezes all embargoed
 * mail.
 */
const noSignalForRecipients: Gate = {
  id: 'frozen',
  check: (context) => (toRecipientsOf(context) === undefined ? undefined : noSignalPending.check(context)),
}

/**
 * Refuses to send details unencrypted to a recipient who does not accept unencrypted mail. Pre-notifications have the
 * same rule.
 */
const keysOfAddressees: Gate = {
  id: 'plain-text',
  check: (context) => {
    const to = toRecipientsOf(context)
    if (to === undefined) return undefined
    const meant = recipientsMeant(context, to)
    const written = context.whole.prenotification.lists.flatMap(({ id, recipients }) =>
      recipients.filter((one) => meant.some(({ list, recipient }) => list === id && recipient === one.id)),
    )
    const expired = written.filter((one) => keyHasExpired(context.whole, one, context.at))
    const without = written.filter((one) => !acceptsDetails(context.whole, one))
    if (expired.length > 0)
      return refuse('plain-text', `The key of ${listAnd(expired.map(({ id }) => id))} has expired.`, [
        { who: 'an admin', how: 'puts their new key into the list, and takes out the one that expired' },
      ])
    return without.length === 0
      ? undefined
      : refuse('plain-text', `There is no key to encrypt to for ${listAnd(without.map(({ id }) => id))}.`, [
          { who: 'an admin', how: 'puts their key into the list, or "plaintext: accepted" if they accept plain text' },
        ])
  },
}

export const GATES_TO_RECIPIENTS: readonly Gate[] = [noSignalForRecipients, keysOfAddressees]

/**
 * Writes to one recipient who has the patches, or to each such recipient separately, so that nobody learns who else got
 * the mail.
 */
export function toRecipients(context: Context<Reply>, to: RecipientTarget): Decision {
  const { state, request } = context
  const recipients = (to === 'recipients' ? holdersOf : everHeld)(state, context)
  if (recipients.length === 0)
    return senseless(
      'No recipient holds the patches of this case.',
      you('pre-notify first; to write to the reporter, leave out "to"', 'prenotify'),
    )
  const written = recipientsMeant(context, to)
  if (to !== 'recipients' && written.length === 0)
    return senseless(
      `${to.recipient} does not hold the patches of this case.`,
      you(
        `name one of ${listAnd(recipients.map(({ recipient }) => recipient))}, or "recipients" for all of them`,
        'reply',
      ),
    )
  if (to !== 'recipients' && written.length > 1)
    return senseless(
      `${to.recipient} is on several lists.`,
      you(`name the list: ${listAnd(written.map(({ list, recipient }) => `${list}/${recipient}`))}`, 'reply'),
    )
  const each = written.map(({ list, recipient }) => ({ list, recipient }))
  if (isSame(state.lastToRecipients, each, request.sha256))
    return nothingToDo(
      request.exploit === undefined
        ? 'This was written to them already.'
        : 'This was written to them already. `reply --to recipients --exploit sent` notes that they have the exploit, without another mail.',
    )
  const { text, sha256, exploit } = request
  // A list's rules about a shared exploit apply only until the vulnerability is public.
  const shared = exploit === undefined || state.cs.public !== undefined ? {} : { exploit }
  const { release } = context
  const held =
    release === undefined || shared.exploit === undefined ? [] : heldBy(HOLD_CAUSES.sharedExploit, release, state)
  return onStreams([
    { stream: state.id, events: [{ type: 'RecipientsWritten', to: each, text, sha256, ...shared }] },
    ...(release === undefined || held.length === 0 ? [] : [{ stream: release.id, events: held }]),
  ])
}

const isSame = (
  last: CaseState['lastToRecipients'],
  to: readonly { readonly list: string; readonly recipient: string }[],
  sha256: Reply['sha256'],
): boolean => last?.sha256 === sha256 && JSON.stringify(last.to) === JSON.stringify(to)

import type { Visibility, Instant } from '@embargo/core'
import type { Action, Card, HeldCount, HeldMail } from '@embargo/engine'
import { counted } from '../text/dates.ts'
import { time } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { buildCard, notificationOf } from './card.ts'
import { visibleMail, NOT_SHOWN_HERE, fromLine } from './chat-visibility.ts'
import { code, faint, line, outside, plain, strong } from './spans.ts'

/** How many characters of a mail's id are shown and typed: enough to distinguish the mails of a list. */
const SHORT = 6

/** The short name of a held mail, as it is typed in a command. */
export const shortName = (id: string): string => id.replace(/^m-/, '').slice(0, SHORT)

/**
 * Buttons for all mails that were held at `at`. They do not apply to mails that came later, which nobody has looked at.
 */
const ofAll = (at: Instant): readonly Action[] => [
  {
    label: 'Open all',
    verb: 'open.waiting',
    input: { which: 'all', until: String(at) },
    confirm: 'Each becomes a case with a channel of its own, and its sender gets a receipt. Open all of them?',
  },
  {
    label: 'Set the rest aside',
    verb: 'open.no',
    input: { which: 'all', until: String(at) },
    style: 'danger',
    confirm: 'They stay stored and open no case. Nobody gets an answer. Set all held reports aside?',
  },
]

/** The single card about a flood: how many mails are held, that nothing is lost, and what to do. It names nobody. */
export function heldReportsCard({ count, at }: HeldCount): Card {
  const reports = counted(count, 'new report')
  if (count === 0)
    return buildCard({
      kind: 'notice',
      title: 'No new report is held any longer',
      lines: [line('People opened or set aside all of them. Those that were set aside are kept.')],
      notification: notificationOf(undefined),
    })
  const waits = `${reports} ${count === 1 ? 'waits' : 'wait'}`
  return buildCard({
    kind: 'notice',
    title: `${waits} for a person`,
    lines: [
      line(
        'In one hour, more reports came than may become cases (',
        code('intake: newCases'),
        '), or they were already in a repository when it was connected.',
      ),
      line('They were accepted and are stored. Nothing was rejected, and mail to existing cases arrived as always.'),
      line('Nobody has been answered yet. The clocks of a report start when its case is opened.'),
    ],
    actions: [{ label: 'Show them', verb: 'open.waiting', input: {}, style: 'primary' }, ...ofAll(at)],
    notification: notificationOf(undefined),
  })
}

/** Shown to the caller alone: who wrote and about what, as far as the policy allows this in chat. */
export function heldListCard({
  count,
  mails,
  chat,
  hidesEncrypted,
  at,
  place,
}: {
  readonly count: number
  readonly mails: readonly HeldMail[]
  readonly chat: Visibility
  /** Whether the sender and subject of encrypted mails are hidden here. */
  readonly hidesEncrypted: boolean
  readonly at: Instant
  readonly place: TypedPlace
}): Card {
  const more = count - mails.length
  return buildCard({
    kind: 'notice',
    title: count === 0 ? 'No new report waits' : `${counted(count, 'new report')} ${count === 1 ? 'waits' : 'wait'}`,
    lines: [
      ...mails.map((one) => heldLine(one, { chat, hidesEncrypted, at })),
      ...(more > 0 ? [line(faint(`and ${counted(more, 'more')}; those above are the oldest`))] : []),
      ...(count === 0
        ? []
        : [
            line(
              code(typedAt(place, 'open waiting <name>')),
              ' and ',
              code(typedAt(place, 'open no <name>')),
              ' take one or several.',
            ),
          ]),
    ],
    actions: [...mails.slice(0, MAX_BUTTONS).map(opening), ...(count === 0 ? [] : ofAll(at))],
    notification: notificationOf(undefined),
  })
}

/** More buttons than this are unwieldy on a phone. */
const MAX_BUTTONS = 3

const opening = ({ id }: HeldMail): Action => ({
  label: `Open ${shortName(id)}`,
  verb: 'open.waiting',
  input: { which: id },
})

type DisplayOptions = { readonly chat: Visibility; readonly hidesEncrypted: boolean; readonly at: Instant }

function heldLine({ id, receivedAt, mail, hasEncryptedMail }: HeldMail, { chat, hidesEncrypted, at }: DisplayOptions) {
  const isHidden = hasEncryptedMail === true && hidesEncrypted
  const words = isHidden ? undefined : visibleMail(mail, chat)
  const from = mail === undefined || isHidden ? [faint(NOT_SHOWN_HERE)] : fromLine(mail, chat)
  const about =
    words === undefined ? faint(mail === undefined ? 'cannot be read' : NOT_SHOWN_HERE) : outside(words.subject)
  return line(strong(shortName(id)), plain(' · '), time(receivedAt, at), plain(' · '), ...from, plain(' · '), about)
}

import { recipientsMeant, suspectedRecipients } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { z } from 'zod'
import { send, wrongInput } from '../answers.ts'
import { recipientsLine } from '../cards/addressee-line.ts'
import { line, outside, sentence } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { answerable, reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'
import { mailTextOptions, confirmMailText } from './shared/mail-text.ts'

/** Enough for a mail that a person writes by hand. */
const REPLY_MOST = 20_000

const ALL = 'recipients'

/**
 * `north`, or `distros/north` if a recipient is on several lists; `recipients` means all of them; an address means
 * another vendor.
 */
function recipientOf(to: string | undefined): Pick<Extract<PersonRequest, { verb: 'reply' }>, 'to'> {
  if (to === undefined) return {}
  if (to.trim() === ALL) return { to: ALL }
  // A recipient's id never has an @.
  if (to.includes('@')) return { to: { vendor: to.trim() } }
  const [recipient = '', list] = to.trim().split('/').toReversed()
  return { to: { recipient, ...(list === undefined ? {} : { list }) } }
}

/** The reader of the mail, named above the text before anything is sent. */
function addressed(
  call: CaseCall<unknown>,
  to: string | undefined,
): Omit<Parameters<typeof confirmMailText>[1], 'request'> {
  const { state, world } = call.case
  if (to === undefined) return { verb: 'reply', title: 'Mail to the reporter', among: answerable(state) }
  const named = recipientOf(to).to ?? ALL
  if (typeof named === 'object' && 'vendor' in named)
    return { verb: 'reply', title: `Mail to ${to}`, to: line('the vendor ', outside(named.vendor)), carries: { to } }
  const recipients = recipientsMeant({ state, release: world.release, others: world.others }, named)
  return {
    verb: 'reply',
    title: named === ALL ? 'Mail to each recipient alone' : `Mail to ${to}`,
    to: recipients.length === 0 ? line(sentence(to)) : recipientsLine(recipients, suspectedRecipients(state)),
    carries: { to },
  }
}

export const reply = defineCommand({
  verb: 'reply',
  summary: 'Mail the reporter, or recipients: the only text of this channel that leaves',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Write a mail', submit: 'Show it' },
  options: {
    report: reportOption(),
    to: z.string().max(200).exactOptional().register(about, {
      label: 'To recipients instead',
      hint: 'recipients: all who hold the patches, each alone; the name of one; or the address of the other vendor',
      takes: 'named',
      shownAs: 'recipients|recipient',
      suggests: 'recipient',
    }),
    ...mailTextOptions({ most: REPLY_MOST, label: 'Text', hint: 'This goes out by mail, as it stands' }),
  },
  run: async (call) => {
    const { to, report } = call.values
    if (to !== undefined && report !== undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'A mail goes to a reporter or to recipients, never to both: name one of them.',
      })
    const target = { ...reportOf(call.case.id, report), ...recipientOf(to) }
    const written = await confirmMailText(call, {
      ...addressed(call, to),
      request: (leaves) => ({ verb: 'reply', case: call.case.id, ...target, ...leaves }),
    })
    if ('reply' in written) return written.reply
    return send(
      call,
      { verb: 'reply', case: call.case.id, ...target, ...written },
      { mailed: 'It goes out by mail now.' },
    )
  },
})

import { z } from 'zod'
import type { MessageId } from '@embargo/core'
import { refuse, wrongInput } from '../answers.ts'
import { buildCard, notificationOf } from '../cards/card.ts'
import { chatOfMail, showsReports, strictestChat } from '../cards/chat-visibility.ts'
import { line } from '../cards/spans.ts'
import type { CaseCall } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { casesInView, isRedacted } from '../redact/policy.ts'
import { bytesInWords } from '../text/bytes.ts'
import { counted } from '../text/dates.ts'
import { distinctNames, zipOf } from '../text/zip.ts'
import type { Reply } from '../types.ts'
import { findMail } from './shared/find-mail.ts'
import { ON_THE_CASE } from './shared/roles.ts'

/** The largest file that both platforms accept. */
const MAX_BYTES = 10 * 1024 * 1024

/** How many characters of a mail's id the terminal uses as the mail's name. */
const NAME_CHARS = 12

/**
 * Gives the caller the files of a mail, in one archive, so the platform previews none of them. The files are never
 * posted automatically, and never in a channel.
 */
export const readFiles = defineCommand({
  verb: 'read.files',
  summary: 'Get the files of a mail, as one archive that only you see',
  about: 'case',
  allowed: ON_THE_CASE,
  options: {
    message: z.string().max(256).register(about, {
      label: 'Mail',
      hint: '"last", or its number',
      shownAs: 'last|number',
      suggests: 'message',
    }),
  },
  run: async (call) => {
    const { state } = call.case
    const message = findMail(state, call.values.message.trim())
    const number = state.messages.findIndex((one) => one.message === message) + 1
    if (message === undefined || number === 0)
      return wrongInput({ command: call.command, setting: call, because: 'This case has no such mail.' })
    if (call.invocation.place.platform === 'terminal')
      return refused(call, message, 'In the terminal, the files are written into a folder.')
    if (!mayShow(call, message)) return refused(call, message, 'The policy keeps the files of this mail out of chat.')
    const files = await call.engine.queries.files(message)
    if (files === undefined || files.length === 0)
      return wrongInput({ command: call.command, setting: call, because: 'That mail has no files.' })
    const bytes = zipOf(distinctNames(files))
    if (bytes.length > MAX_BYTES)
      return refused(
        call,
        message,
        `The files are ${bytesInWords(bytes.length)} in total; at most ${bytesInWords(MAX_BYTES)} can be sent through chat.`,
      )
    return {
      audience: 'caller',
      card: buildCard({
        kind: 'mail',
        title: `${state.id} · the files of mail ${number}`,
        lines: [
          line(
            `${counted(files.length, 'file')}, ${bytesInWords(bytes.length)}, in an archive for you alone. It is here or in your direct messages with this app. Nobody has checked the files: open them where they can do no harm.`,
          ),
        ],
        notification: notificationOf(state),
      }),
      files: [{ name: `${state.id}-mail-${number}.zip`, bytes }],
    }
  },
})

/** Whether chat may show the whole mail. Names can be hidden in a text, but not in a file. */
function mayShow({ case: seen, engine, invocation }: CaseCall<unknown>, message: MessageId): boolean {
  const { policy } = engine.policy
  const { platform } = invocation.place
  if (isRedacted({ platform, policy, cases: casesInView(seen) })) return false
  const checks = seen.state.messages.find((one) => one.message === message)?.checks
  return showsReports(chatOfMail(strictestChat(policy, [seen.state, ...seen.before]), policy, checks))
}

const refused = (call: CaseCall<unknown>, message: MessageId, because: string): Reply =>
  refuse(call, {
    gate: 'makes-sense',
    because,
    facts: {},
    liftedBy: [
      {
        who: 'you',
        how: `fetch them in the terminal: embargo read mails ${message.slice(0, NAME_CHARS)} --files ./evidence`,
      },
    ],
  })

import type { ReceivedMail } from '@embargo/emulator-smtp'
import { sendMail } from '@embargo/emulator-smtp'
import { REPORTER, SECURITY } from '../cast.ts'
import { PATIENCE_MS } from '../chat/played-chat.ts'
import type { Playing } from '../playing.ts'

/** The headers that are shown of a mail. */
const SHOWN_HEADERS = ['From', 'To', 'Reply-To', 'Subject', 'Message-ID', 'In-Reply-To', 'Auto-Submitted'] as const

/**
 * Waits for a mail to this address that was not shown before and has these words in its subject or text, then shows it.
 */
export async function mailLeaves(playing: Playing, to: string, words = ''): Promise<ReceivedMail> {
  const { relay, shown } = playing
  const mail = await relay.until(
    (each) =>
      !shown.has(each.header('Message-ID')) &&
      each.envelopeTo.includes(to) &&
      `${each.header('Subject')}\n${each.text}`.includes(words),
    { timeoutMs: PATIENCE_MS, wanted: `to ${to}, with “${words}”` },
  )
  shown.add(mail.header('Message-ID'))
  playing.say({
    line: 'mail',
    direction: 'leaves',
    headers: Object.fromEntries(
      SHOWN_HEADERS.map((name) => [name, mail.header(name)]).filter(([, value]) => value !== ''),
    ),
    text: mail.text.replaceAll('\r\n', '\n'),
    attachments: mail.attachments.map(({ name, content }) => ({ name, bytes: content.length })),
  })
  return mail
}

type Writing = { readonly subject: string; readonly text: string; readonly answers?: ReceivedMail }

/** The reporter sends a mail, either a first one or an answer, which is accepted over SMTP. */
export async function reporterWrites(playing: Playing, { subject, text, answers }: Writing): Promise<void> {
  const { clock, program, relay, say } = playing
  if (program.smtpPort === undefined) throw new Error('The program takes no mail.')
  const to = answers === undefined ? SECURITY : bare(answers.header('Reply-To'))
  const messageId = `<${clock.now()}.${relay.mails.length}@sample.example>`
  const answered = answers?.header('Message-ID')
  say({
    line: 'mail',
    direction: 'arrives',
    headers: {
      From: `${REPORTER.name} <${REPORTER.address}>`,
      To: to,
      Subject: subject,
      ...(answered === undefined ? {} : { 'In-Reply-To': answered }),
    },
    text,
    attachments: [],
  })
  await sendMail(program.smtpPort, {
    from: REPORTER,
    to,
    subject,
    text,
    messageId,
    date: new Date(clock.now()),
    ...(answered === undefined ? {} : { inReplyTo: answered, references: [answered] }),
  })
}

const bare = (value: string): string => /<([^<>]+)>/u.exec(value)?.[1] ?? value

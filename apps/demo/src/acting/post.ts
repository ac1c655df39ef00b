import type { ReceivedMail } from '@embargo/emulator-smtp'
import { sendRawMail } from '@embargo/emulator-smtp'
import { REPORTER, SECURITY } from '../cast.ts'
import { PATIENCE_MS } from '../chat/played-chat.ts'
import type { PlayInProgress } from '../playing.ts'
import { encryptedMail, openedMail } from './protected-mail.ts'

/** The mail headers that the play prints. */
const SHOWN_HEADERS = ['From', 'To', 'Reply-To', 'Subject', 'Message-ID', 'In-Reply-To', 'Auto-Submitted'] as const

/**
 * Waits for a mail to this address with these words in its subject or text, and shows it. A mail that the play has
 * shown already does not count.
 */
export async function mailLeaves(playing: PlayInProgress, to: string, words = ''): Promise<ReceivedMail> {
  const { relay, shown, say } = playing
  const others = new Set<string>()
  for (;;) {
    const sent = await relay.until(
      (each) => {
        const id = each.header('Message-ID')
        return !shown.has(id) && !others.has(id) && each.envelopeTo.includes(to)
      },
      { timeoutMs: PATIENCE_MS, wanted: `to ${to}, with “${words}”` },
    )
    const { mail, isEncrypted } = await asShown(playing, sent)
    if (!`${mail.header('Subject')}\n${mail.text}`.includes(words)) {
      others.add(mail.header('Message-ID'))
      continue
    }
    shown.add(mail.header('Message-ID'))
    say({
      line: 'mail',
      direction: 'leaves',
      isEncrypted,
      headers: Object.fromEntries(
        SHOWN_HEADERS.map((name) => [name, mail.header(name)]).filter(([, value]) => value !== ''),
      ),
      text: mail.text.replaceAll('\r\n', '\n'),
      attachments: mail.attachments.map(({ name, content }) => ({ name, bytes: content.length })),
    })
    return mail
  }
}

async function asShown({ keys, clock }: PlayInProgress, mail: ReceivedMail): ReturnType<typeof openedMail> {
  return keys === undefined ? { mail, isEncrypted: false } : openedMail(mail, keys, clock.now())
}

type Writing = { readonly subject: string; readonly text: string; readonly answers?: ReceivedMail }

/**
 * The reporter sends an encrypted and signed mail: a report, or an answer to a mail. The program accepts it over SMTP.
 */
export async function reporterWrites(playing: PlayInProgress, { subject, text, answers }: Writing): Promise<void> {
  const { clock, program, relay, say, keys } = playing
  if (program.smtpPort === undefined) throw new Error('The program takes no mail.')
  if (keys === undefined) throw new Error('The reporter has no key.')
  const to = answers === undefined ? SECURITY : bare(answers.header('Reply-To'))
  const messageId = `<${clock.now()}.${relay.mails.length}@sample.example>`
  const answered = answers?.header('Message-ID')
  say({
    line: 'mail',
    direction: 'arrives',
    isEncrypted: true,
    headers: {
      From: `${REPORTER.name} <${REPORTER.address}>`,
      To: to,
      Subject: subject,
      ...(answered === undefined ? {} : { 'In-Reply-To': answered }),
    },
    text,
    attachments: [],
  })
  const envelope = {
    from: REPORTER,
    replyTo: REPORTER.address,
    to,
    messageId,
    date: clock.now(),
    ...(answered === undefined ? {} : { inReplyTo: answered, references: [answered] }),
  }
  await sendRawMail(program.smtpPort, {
    envelopeFrom: REPORTER.address,
    envelopeTo: to,
    raw: await encryptedMail({ subject, text }, envelope, keys),
  })
}

const bare = (value: string): string => /<([^<>]+)>/u.exec(value)?.[1] ?? value

import type { ReceivedMail } from '@embargo/emulator-smtp'
import { composeMail, parse, protectMail } from '@embargo/mail'
import type { Content, Envelope } from '@embargo/mail'
import type { StageKeys } from '../keys.ts'

/**
 * The bytes of a mail that the reporter encrypts to the project and signs. The mail also contains the reporter's public
 * key.
 */
export async function encryptedMail(
  content: Omit<Content, 'attachments' | 'automatic'>,
  envelope: Envelope,
  { project, reporter }: StageKeys,
): Promise<string> {
  const mail = await composeMail(
    { ...content, attachments: [], automatic: false },
    { ...envelope, publicKey: reporter.public },
  )
  const protection = { is: 'encrypted', to: [project.public], signer: reporter.secret } as const
  return Buffer.from(await protectMail(mail, protection, envelope.date)).toString('latin1')
}

/**
 * A mail as the reporter's mail program shows it, decrypted if it was encrypted. @throws if the project did not sign it
 */
export async function openedMail(
  mail: ReceivedMail,
  { project, reporter }: StageKeys,
  at: number,
): Promise<{ readonly mail: ReceivedMail; readonly isEncrypted: boolean }> {
  if (!mail.header('Content-Type').startsWith('multipart/encrypted')) return { mail, isEncrypted: false }
  const read = await parse(Buffer.from(mail.raw), {
    at,
    keyring: { own: async () => [reporter.secret], find: async () => [project.public] },
  })
  const { signatures } = read.protection
  if (!signatures.some(({ state, fingerprint }) => state === 'good' && fingerprint === project.fingerprint))
    throw new Error('A mail to the reporter is not signed by the project.')
  return {
    isEncrypted: true,
    mail: {
      ...mail,
      text: read.text + read.quoted,
      attachments: read.attachments.map(({ name, type, content }) => ({ name, type, content: Buffer.from(content) })),
      header: (name) => (name.toLowerCase() === 'subject' ? read.subject : mail.header(name)),
    },
  }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { output, temporaryFolder } from './programs.ts'

const Shown = z.object({
  headers: z.object({ Subject: z.string() }),
  crypto: z.object({ signed: z.object({ status: z.array(z.object({ status: z.string() })) }) }),
})

/**
 * Reads a mail with the mail program notmuch. Returns the subject, and for each signature the status that notmuch gives
 * it.
 */
export async function readWithNotmuch(
  mail: Uint8Array,
  gnupgHome: string,
): Promise<{ readonly subject: string; readonly signatures: readonly string[] }> {
  using folder = temporaryFolder('notmuch')
  const at = (...names: readonly string[]): string => join(folder.path, ...names)
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(at('mail', part), { recursive: true })
  writeFileSync(at('mail', 'cur', '1:2,'), mail)
  writeFileSync(at('config'), `[database]\npath=${at('mail')}\n[user]\nprimary_email=robin@sample.example\n`)
  const env = { GNUPGHOME: gnupgHome, NOTMUCH_CONFIG: at('config') }
  await output(['notmuch', 'new'], { env })
  const printed = await output(['notmuch', 'show', '--format=json', '--decrypt=true', '*'], { env })
  const { headers, crypto } = Shown.parse(JSON.parse(printed.toString())[0][0][0])
  return { subject: headers.Subject, signatures: crypto.signed.status.map(({ status }) => status) }
}

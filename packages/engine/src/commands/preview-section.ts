import { createHash } from 'node:crypto'
import type { LetterName, PlannedMail } from '@embargo/core'
import type { LetterAttachment, LetterMaterial } from '@embargo/letters'
import type { Deps } from '../deps.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { addressOf } from '../letters/address.ts'
import { exposesEncrypted, readerOf } from '../letters/encryption.ts'
import type { Reader } from '../letters/encryption.ts'
import { gatherMaterial } from '../letters/gather-material.ts'
import type { LetterContext } from '../letters/gather-material.ts'
import { renderLetter } from '../letters/render-letter.ts'
import { senderOf } from '../letters/sender.ts'
import type { Preview } from './command.ts'
import { plannedSize } from './mail-size.ts'
import type { PlannedSize } from './mail-size.ts'

export type Section = Preview['sections'][number]

/**
 * One mail as it would be sent. A mail without an addressee is shown with the reason why it has none.
 *
 * @throws CannotPerform when the case lacks something that the text must say
 */
export async function renderSection(
  planned: PlannedMail,
  gathered: Omit<LetterContext, 'to'> & { readonly deps: Pick<Deps, 'mailWriter'> },
): Promise<{ readonly section: Section; readonly size?: PlannedSize }> {
  const material = gatherMaterial({ ...gathered, to: planned.to })
  const letter = await renderLetter(gathered.deps, planned.letter, material)
  const attachments = letter.attachments.map(withHash)
  const from = senderOf(material)
  const to = await addressee(gathered.deps, planned.letter, material)
  const isReadable = 'reader' in to && exposesEncrypted(planned.letter, to.reader, material)
  const text = [
    ...(isReadable ? [READABLE_MAIL, ''] : []),
    `From: ${from.name} <${from.address}>`,
    'address' in to ? `To: ${to.address}` : `Cannot be sent: ${to.because}`,
    `Subject: ${letter.subject}`,
    '',
    letter.text,
    ...attachments.map(({ name, sha256 }) => `Attached: ${name}, SHA-256 ${sha256}`),
  ].join('\n')
  const mail = {
    ...('address' in to ? { to: to.address } : {}),
    ...(planned.to.kind === 'report' || planned.to.kind === 'vendor' ? { ofReporter: true as const } : {}),
    ...(isReadable && { readable: true as const }),
    subject: letter.subject,
    text: letter.text,
    attachments,
  }
  return {
    section: { title: planned.title, text, mail },
    ...('reader' in to && { size: plannedSize(planned.title, letter, to.reader) }),
  }
}

const READABLE_MAIL =
  '⚠ This mail is not encrypted, so it could be read on its way. The vulnerability was reported in an encrypted mail.'

type AddressResult = { readonly address: string; readonly reader: Reader } | { readonly because: string }

async function addressee(
  deps: Pick<Deps, 'mailWriter'>,
  letter: LetterName,
  material: LetterMaterial,
): Promise<AddressResult> {
  try {
    const address = addressOf(letter, material)
    return { address, reader: await readerOf(deps.mailWriter, letter, material) }
  } catch (error) {
    if (error instanceof CannotPerform) return { because: error.message }
    throw error
  }
}

// The preview shows a hash of the bytes, so a changed patch changes the preview.
const withHash = ({ filename, content }: LetterAttachment): { readonly name: string; readonly sha256: string } => ({
  name: filename,
  sha256: createHash('sha256').update(content).digest('hex'),
})

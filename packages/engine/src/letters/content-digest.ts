import { instant, Sha256 } from '@embargo/core'
import type { ApprovedMail } from '@embargo/core'
import { createHash } from 'node:crypto'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { addressOf } from './address.ts'
import { gatherMaterial } from './gather-material.ts'
import type { LetterContext } from './gather-material.ts'
import { renderLetter } from './render-letter.ts'
import type { LetterMaterial } from '@embargo/letters'
import { senderOf } from './sender.ts'

/**
 * The time at which a mail is rendered for its digest. With the real time, a mail could name one day of the
 * publication when it is approved and another day when it is sent. Then the mail would not match its digest.
 */
const FIXED_TIME = instant(0)

/**
 * Computes the digest of a mail, which must be the same when the mail is shown, approved and sent.
 *
 * @throws CannotPerform if the case lacks something that the text must say
 */
export async function contentDigest(
  { letter, to }: Pick<ApprovedMail, 'letter' | 'to'>,
  context: Pick<LetterContext, 'deps' | 'world' | 'releaseAt' | 'moved' | 'because' | 'headsUp' | 'about' | 'event'>,
): Promise<ApprovedMail> {
  const gathered = gatherMaterial({ ...context, to, now: FIXED_TIME, publishedAt: FIXED_TIME })
  // The links exist only after the publication, and the approval comes before it.
  const material: LetterMaterial = { ...gathered, withoutLinks: true }
  const { subject, text, attachments } = await renderLetter(context.deps, letter, material)
  const { name, address } = senderOf(material)
  const files = attachments.map(({ filename, contentType, content }) => [filename, contentType, digest(content)])
  return {
    letter,
    to,
    ...(to.kind !== 'report' && { address: digest(addressOrReason(letter, material)) }),
    words: digest(JSON.stringify([name, address, subject, text, files])),
  }
}

const digest = (text: string | Uint8Array): Sha256 => Sha256.parse(createHash('sha256').update(text).digest('hex'))

// The address of the mail, or why it has none. The reason is part of the digest, so the digest changes if an address is
// added later.
function addressOrReason(letter: ApprovedMail['letter'], material: LetterMaterial): string {
  try {
    return addressOf(letter, material)
  } catch (error) {
    if (error instanceof CannotPerform) return error.message
    throw error
  }
}

import { createHash } from 'node:crypto'
import type { PlannedMail } from '@embargo/core'
import type { LetterAttachment } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { addressOf } from '../letters/address-of.ts'
import { gatherMaterial } from '../letters/gather-material.ts'
import type { Gathered } from '../letters/gather-material.ts'
import { renderLetter } from '../letters/index.ts'
import type { LetterMaterial } from '../letters/material.ts'
import { senderOf } from '../letters/sender.ts'

export type Section = { readonly title: string; readonly text: string }

/**
 * One mail as it would leave. A mail that nobody can be sent is shown with the reason.
 *
 * @throws CannotPerform when the case lacks what the text must say
 */
export async function renderSection(planned: PlannedMail, gathered: Omit<Gathered, 'to'>): Promise<Section> {
  const material = gatherMaterial({ ...gathered, to: planned.to })
  const letter = await renderLetter(planned.letter, material)
  const from = senderOf(material)
  const text = [
    `From: ${from.name} <${from.address}>`,
    ...addressLines(planned, material),
    `Subject: ${letter.subject}`,
    '',
    letter.text,
    ...letter.attachments.map(attachmentLine),
  ].join('\n')
  return { title: planned.title, text }
}

function addressLines({ letter }: PlannedMail, material: LetterMaterial): readonly string[] {
  try {
    return [`To: ${addressOf(letter, material)}`]
  } catch (error) {
    if (error instanceof CannotPerform) return [`Cannot be sent: ${error.message}`]
    throw error
  }
}

// The hash stands for the bytes: a changed patch changes what is shown.
function attachmentLine({ filename, content }: LetterAttachment): string {
  return `Attached: ${filename}, SHA-256 ${createHash('sha256').update(content).digest('hex')}`
}

import { answerPromised, spacedFingerprint } from '@embargo/core'
import { base, contact, embargoTerms } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { keyFile } from './shared/key-file.ts'
import type { EncryptionKey } from './shared/key-file.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, time } from './shared/template-values.ts'

/**
 * The content of a receipt. It repeats nothing of the report; otherwise anybody could use the automatic answer to send
 * text to a stranger.
 */
export type ReceiptFields = LetterBase & {
  /** A person answers by this time. */
  answerBy: number
  /** Nobody on the team is at work before this time. */
  nobodyBefore?: number | undefined
  embargo: EmbargoTerms
  key?: EncryptionKey | undefined
  /**
   * Set if the report came encrypted but this mail is sent unencrypted. Then the mail does not even say that a report
   * came.
   */
  readable?: boolean
  /** The contact to use if nobody answers in time: an address or a page outside the team. */
  escalation: string
}

/** The automatic receipt, sent once when a report opens a case. */
export const receipt = defineLetter({
  name: 'receipt',
  label: 'receipt',
  obsoleteAfter: ['publication', 'merge', 'spam'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    answerBy: time(answerPromised(material.policy, material.case).by),
    ...embargoEnd(material),
  }),
})

function facts(material: LetterMaterial): ReceiptFields {
  const { by, nobodyBefore } = answerPromised(material.policy, material.case)
  const { ownKey, project } = material
  return {
    ...base(material),
    answerBy: by,
    ...(nobodyBefore === undefined ? {} : { nobodyBefore }),
    embargo: embargoTerms(material),
    escalation: contact(material),
    key: ownKey && { ...ownKey, fileName: `${project.id}.asc` },
    readable: material.readable === true,
  }
}

function words(fields: ReceiptFields): Letter {
  if (fields.readable === true) return withoutContent(fields)
  return letter({
    base: fields,
    about: 'Your report has arrived',
    automatic: true,
    attachments: keyFile(fields),
    blocks: [
      `Thank you for writing to ${fields.project}. Your report has arrived and is stored. Its number is ${fields.caseNumber}.`,
      ...answer(fields),
      ...secrecy(fields),
      'To add anything, reply to this mail. Please leave the address of the reply as it is: it brings your mail to the right case.',
      fields.key && `To encrypt, use our OpenPGP key, which is attached: ${spacedFingerprint(fields.key.fingerprint)}`,
      `If nobody has answered by the date above, write to ${fields.escalation} and give the case number. You need not describe the report there.`,
      'We make no promise of money for reports.',
      'A program wrote this mail. A person writes the next one.',
    ],
  })
}

/** The receipt for a mail that came encrypted from a writer whose key we do not know. */
const withoutContent = (fields: ReceiptFields): Letter =>
  letter({
    base: fields,
    about: 'Your mail has arrived',
    automatic: true,
    attachments: keyFile(fields),
    blocks: [
      `Your encrypted mail to ${fields.project} has arrived and is stored. Its number is ${fields.caseNumber}.`,
      'We do not know your OpenPGP key, so this mail is not encrypted and repeats nothing of yours. If you want encrypted answers, reply with your public key attached. Please leave the address of the reply as it is.',
      fields.key && `Our key is attached: ${spacedFingerprint(fields.key.fingerprint)}`,
      `A person answers by ${date(fields.answerBy, fields)}. If nobody has, write to ${fields.escalation} and give only the number.`,
      'A program wrote this mail. A person writes the next one.',
    ],
  })

function answer(fields: ReceiptFields): readonly string[] {
  const { nobodyBefore, answerBy, escalation, from } = fields
  if (nobodyBefore === undefined) return [`A person reads your report and answers by ${date(answerBy, fields)}.`]
  const help =
    escalation === from.address
      ? 'ask CERT/CC (https://www.kb.cert.org/vuls/) or the CERT of your country to help, and give them our case number'
      : `write to ${escalation} and give the case number`
  return [
    `Nobody on our team is at work before ${date(nobodyBefore, fields)}. A person will read your report then, and answer by ${date(answerBy, fields)}.`,
    `If your report cannot wait, because the vulnerability is being exploited or already public, ${help}. You need not describe the report there.`,
  ]
}

function secrecy({ embargo, ...base }: ReceiptFields) {
  if (embargo === 'none') return ['No embargo is in force for this report.']
  return [
    `Please keep this between us while the embargo lasts: until the fix is public, or until ${date(embargo.end, base)} at the latest. In practice:`,
    {
      items: [
        'no public issue, post, talk or proof of concept about it;',
        'if somebody else has to know, ask us first;',
        'on our side, only the people who work on it see it.',
      ],
    },
    'These are our usual terms. If you named another date, or these terms do not suit you, say so in a reply. Until we have agreed, the earlier of the two dates counts.',
  ]
}

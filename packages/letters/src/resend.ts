import { spacedFingerprint } from '@embargo/core'
import type { EncryptionVerdict } from '@embargo/core'
import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { keyFile } from './shared/key-file.ts'
import type { EncryptionKey } from './shared/key-file.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, eventOf } from './shared/template-values.ts'

type UnreadableEncryption = Exclude<EncryptionVerdict, 'none' | 'openpgp'>

/** These fields contain nothing from the mail that cannot be opened, not even its subject. */
export type ResendFields = LetterBase & {
  because: UnreadableEncryption
  arrivedAt: number
  key?: EncryptionKey | undefined
}

/** Asks a reporter to send again what nobody here can open, and says how to encrypt it. */
export const resend = defineLetter({
  name: 'resend',
  label: 'request to send it again',
  obsoleteAfter: ['merge', 'spam'],
  facts,
  words,
  templateFields: common,
})

const BECAUSE: Readonly<Record<UnreadableEncryption, string>> = {
  's-mime': 'It is encrypted with S/MIME, which we cannot read.',
  'no-key': 'It is encrypted to a key that we do not have.',
  unprotected: 'Its encryption does not show whether it was changed on its way, so our program does not open it.',
  'too-large': 'Its encrypted content is larger than our program accepts.',
  damaged: 'It arrived damaged.',
  file: 'It has an encrypted file that our program cannot open.',
}

function facts(material: LetterMaterial): ResendFields {
  const message = eventOf(material, 'ResendRequested')?.message
  const mail = material.case.messages.find((one) => one.message === message)
  const because = mail?.checks?.encryption
  if (mail === undefined || because === undefined || because === 'none' || because === 'openpgp')
    throw new CannotWrite('The mail that should be sent again is no longer in this case.')
  const { ownKey, project } = material
  return {
    ...base(material),
    because,
    arrivedAt: mail.at,
    key: ownKey && { ...ownKey, fileName: `${project.id}.asc` },
  }
}

function words(fields: ResendFields): Letter {
  const { key, because, arrivedAt, project } = fields
  return letter({
    base: fields,
    about: 'About your mail',
    automatic: false,
    attachments: keyFile(fields),
    blocks: [
      `Your encrypted mail to ${project} arrived ${date(arrivedAt, fields)} and is stored, but nobody here can open it. ${BECAUSE[because]}`,
      key === undefined
        ? 'We have no OpenPGP key. Please reply without any details, and we will find another way together.'
        : `Please send it again, encrypted to our OpenPGP key, which is attached: ${spacedFingerprint(key.fingerprint)}`,
      key && 'If you cannot use OpenPGP, reply and say so, without any details: we will find another way together.',
      'Please leave the address of the reply as it is: it brings your mail to the right case.',
    ],
  })
}

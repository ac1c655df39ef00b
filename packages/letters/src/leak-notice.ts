import { isSecret } from '@embargo/core'
import { base, embargoTerms } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd } from './shared/template-values.ts'

/**
 * The notice that there may be a leak. It goes to the recipients, except the recipient who is suspected of the leak. No
 * field names that recipient.
 */
export type LeakNoticeFields = LetterBase & { embargo: EmbargoTerms }

/**
 * Says that details may have leaked, that the embargo still holds, and that the team is deciding whether the embargo
 * ends earlier.
 */
export const leakNotice = defineLetter({
  name: 'leak-notice',
  label: 'notice of a leak',
  obsoleteAfter: ['publication'],
  facts,
  words,
  templateFields: (material) => ({ ...common(material), ...embargoEnd(material) }),
})

function facts(material: LetterMaterial): LeakNoticeFields {
  if (!isSecret(material.case))
    throw new NothingToSay('The vulnerability is no longer secret, and the readers of this mail were told so.')
  return { ...base(material), embargo: embargoTerms(material) }
}

function words(fields: LeakNoticeFields): Letter {
  return letter({
    base: fields,
    about: 'Details may have got out',
    automatic: true,
    blocks: [
      `We have reason to think that details of ${fields.caseNumber} in ${fields.project} reached somebody whom we had not told.`,
      `${holds(fields)} Please be ready to publish at short notice.`,
      'If you saw any of it in public, or know who has it, tell us: a reply is enough. Nobody will be blamed for telling.',
    ],
  })
}

const holds = ({ embargo, ...base }: LeakNoticeFields): string =>
  embargo === 'none'
    ? 'No embargo is in force, but we still ask you to keep what you have to yourselves until we publish. We will tell you at once when it is public.'
    : `The embargo still holds until we publish, or until ${date(embargo.end, base)} at the latest. We are now deciding whether it ends earlier, and will tell you at once if it does.`

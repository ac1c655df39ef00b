import { isSecret } from '@embargo/core'
import { base, embargoTerms } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd } from './shared/template-values.ts'

/** Tells the other recipients of a leak. No field names the suspect. */
export type LeakNoticeFields = LetterBase & { embargo: EmbargoTerms }

/** Details may have leaked: the embargo still holds, and the team decides about it. */
export const leakNotice = defineLetter({
  name: 'leak-notice',
  label: 'word of a leak',
  obsoleteAfter: ['publication'],
  facts,
  words,
  templateFields: (material) => ({ ...common(material), ...embargoEnd(material) }),
})

function facts(material: LetterMaterial): LeakNoticeFields {
  if (!isSecret(material.case)) throw new NothingToSay('It is no secret any more, and its readers were told so.')
  return { ...base(material), embargo: embargoTerms(material) }
}

function words(fields: LeakNoticeFields): Letter {
  return letter({
    base: fields,
    about: 'Details may have got out',
    automatic: true,
    blocks: [
      `We have reason to think that details of ${fields.caseNumber} in ${fields.project} got out to somebody who was not told by us.`,
      `${holds(fields)} Please be ready to publish at short notice.`,
      'If you saw any of it in public, or know who has it, tell us: a reply is enough. Nobody will be blamed for telling.',
    ],
  })
}

const holds = ({ embargo, ...base }: LeakNoticeFields): string =>
  embargo === 'none'
    ? 'No embargo is in force, and we ask you all the same: please keep what you have to yourselves until we publish. You hear at once when it is public.'
    : `The embargo still holds, until we publish and at the latest until ${date(embargo.end, base)}. We decide now whether it ends earlier, and you hear at once if it does.`

import type { Tlp } from '@embargo/core'
import { base, labelOf, secrecyOf } from './shared/base.ts'
import { cveChange } from './shared/cve-change.ts'
import type { CveChange } from './shared/cve-change.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** The notice about the CVE id of a case. Each recipient who has the case's patches gets a mail of their own. */
export type RecipientCveFields = LetterBase & CveChange & { secrecy: Secrecy; tlp: Tlp }

const STAYS: Readonly<Record<Secrecy, string>> = {
  bound: 'The id is under the same terms as the rest. Date, patches and terms stay as they are.',
  asked:
    'The embargo has ended. Even so, we ask you: please publish nothing before we do. Date and patches stay as they are.',
  over: 'Nothing else changes.',
}

/** Tells the recipient the id, so they can prepare with it, or that an id is not used after all. */
export const recipientCve = defineLetter({
  name: 'recipient-cve',
  label: 'CVE id',
  obsoleteAfter: ['publication'],
  facts,
  words,
})

function facts(material: LetterMaterial): RecipientCveFields {
  const change = cveChange(material)
  if (change === undefined) throw new NothingToSay('The CVE id changed again before this mail could be sent.')
  return { ...base(material), ...change, secrecy: secrecyOf(material), tlp: labelOf(material) }
}

function words(fields: RecipientCveFields): Letter {
  const { caseNumber, cve, isUsed, project, secrecy, tlp } = fields
  const about = isUsed ? 'the CVE id' : 'a CVE id is not used'
  return letter({
    base: fields,
    about: secrecy === 'over' ? about : `${tlp} ${about}`,
    automatic: true,
    blocks: [
      isUsed
        ? `${caseNumber} in ${project} has the CVE id ${cve}.`
        : `${caseNumber} in ${project} no longer has the CVE id ${cve}. Please take it out of what you prepare. If there is another one, we will tell you.`,
      STAYS[secrecy],
      'There is nothing that you need to answer.',
    ],
  })
}

import { headsUpCorrected as write } from '@embargo/documents'
import type { HeadsUpCorrectedFields } from '@embargo/documents'
import type { HeadsUp } from '@embargo/core'
import { fixedVersionsOf, nothingToRelease } from './shared/advisory-record.ts'
import { contact } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** Tells the announcement list what in the heads-up is no longer true. */
export const headsUpCorrected = defineLetter({
  name: 'heads-up-corrected',
  label: 'correction of the heads-up',
  obsoleteAfter: ['publication', 'new-date'],
  facts,
  words,
})

const issuesOf = ({ count, severity: highest }: HeadsUp) => ({ count, highest })

function facts(material: LetterMaterial): HeadsUpCorrectedFields {
  const { moved, headsUp, project, cases } = material
  const date = headsUp === undefined ? moved : { was: headsUp.was.at, at: headsUp.now.at }
  if (date === undefined) throw new CannotWrite('Nothing in the heads-up has changed.')
  return {
    project: project.name,
    versions: fixedVersionsOf(material, cases),
    was: date.was,
    releaseAt: date.at,
    issues: headsUp && { was: issuesOf(headsUp.was), now: issuesOf(headsUp.now) },
    contact: contact(material),
    nothingToRelease: nothingToRelease(cases),
    template: material.policy.templates['heads-up-corrected'],
  }
}

function words(fields: HeadsUpCorrectedFields): Letter {
  return { ...write(fields), automatic: false }
}

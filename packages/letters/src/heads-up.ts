import { headsUp as write, headsUpFields } from '@embargo/documents'
import type { HeadsUpFields } from '@embargo/documents'
import { fixedVersionsOf, nothingToRelease } from './shared/advisory-record.ts'
import { contact } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** Tells the announcement list that a security release will come, and when. */
export const headsUp = defineLetter({
  name: 'heads-up',
  label: 'heads-up',
  facts,
  words,
})

function facts(material: LetterMaterial): HeadsUpFields {
  const { project, cases, releaseAt } = material
  if (releaseAt === undefined) throw new CannotWrite('The release has no date yet.')
  const release = {
    project: project.name,
    versions: fixedVersionsOf(material, cases),
    releaseAt,
    contact: contact(material),
    nothingToRelease: nothingToRelease(cases),
  }
  const severities = cases.flatMap(({ severity }) => (severity === undefined ? [] : [{ severity }]))
  const fields = headsUpFields(release, severities)
  if (fields === undefined || severities.length < cases.length)
    throw new CannotWrite('A case of the release has no severity yet, so rate it first.')
  return { ...fields, template: material.policy.templates['heads-up'] }
}

function words(fields: HeadsUpFields): Letter {
  return { ...write(fields), automatic: false }
}

import { headsUp as write, headsUpFields } from '@embargo/documents'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { fixedVersionsOf, nothingToRelease } from './advisory-record.ts'
import { contact } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const headsUp: LetterRenderer = {
  letter: 'heads-up',
  render(material) {
    const { project, cases, releaseAt } = material
    if (releaseAt === undefined) throw new CannotPerform('The release has no date yet.')
    const release = {
      project: project.name,
      versions: fixedVersionsOf(cases),
      releaseAt,
      contact: contact(material),
      nothingToRelease: nothingToRelease(cases),
    }
    const severities = cases.flatMap(({ severity }) => (severity === undefined ? [] : [{ severity }]))
    const fields = headsUpFields(release, severities)
    if (fields === undefined || severities.length < cases.length)
      throw new CannotPerform('A case of the release has no severity yet. Rate it with “triage”.')
    return { ...write(fields), automatic: false }
  },
}

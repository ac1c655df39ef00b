import { headsUpCorrected as write } from '@embargo/documents'
import type { HeadsUp } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { fixedVersionsOf, nothingToRelease } from './advisory-record.ts'
import { contact } from './base.ts'
import type { LetterRenderer } from './material.ts'

const issuesOf = ({ count, severity: highest }: HeadsUp) => ({ count, highest })

export const headsUpCorrected: LetterRenderer = {
  letter: 'heads-up-corrected',
  render(material) {
    const { moved, headsUp, project, cases } = material
    const date = headsUp === undefined ? moved : { was: headsUp.was.at, at: headsUp.now.at }
    if (date === undefined) throw new CannotPerform('Nothing that the heads-up said has changed.')
    const text = write({
      project: project.name,
      versions: fixedVersionsOf(cases),
      was: date.was,
      releaseAt: date.at,
      issues: headsUp && { was: issuesOf(headsUp.was), now: issuesOf(headsUp.now) },
      contact: contact(material),
      nothingToRelease: nothingToRelease(cases),
    })
    return { ...text, automatic: false }
  },
}

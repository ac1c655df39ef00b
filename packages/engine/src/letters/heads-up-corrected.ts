import { headsUpCorrected as write } from '@embargo/advisory'
import { CannotPerform } from '../dispatch/trouble.ts'
import { nothingToRelease } from './advisory-record.ts'
import { contact } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const headsUpCorrected: LetterRenderer = {
  letter: 'heads-up-corrected',
  render(material) {
    const { moved, project, cases } = material
    if (moved === undefined) throw new CannotPerform('No planned date was moved.')
    const text = write({
      project: project.name,
      was: moved.was,
      releaseAt: moved.at,
      contact: contact(material),
      nothingToRelease: nothingToRelease(cases),
    })
    return { ...text, automatic: false }
  },
}

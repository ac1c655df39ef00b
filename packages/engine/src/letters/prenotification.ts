import { prenotification as write } from '@embargo/documents'
import type { PrenotificationCase, PrenotificationFields } from '@embargo/documents'
import type { CaseState } from '@embargo/core'
import type { Letter } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { fixesOf, nothingToRelease, recordOf } from './advisory-record.ts'
import { contact } from './base.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const prenotification: LetterRenderer = {
  letter: 'prenotification',
  render: (material) => notice(material, {}),
}

/** The whole notice again, with the patches as they are now: nobody puts two mails side by side to find what holds. */
export const prenotificationUpdate: LetterRenderer = {
  letter: 'prenotification-update',
  render: (material) => notice(material, { replaces: { reason: material.because } }),
}

async function notice(
  material: LetterMaterial,
  { replaces }: Pick<PrenotificationFields, 'replaces'>,
): Promise<Letter> {
  const { project, cases, releaseAt, now, list } = material
  if (releaseAt === undefined) throw new CannotPerform('The release has no date yet.')
  if (list === undefined) throw new CannotPerform('The list of this recipient is not in the policy any more.')
  const text = write({
    project: project.name,
    cases: await Promise.all(cases.map((each) => caseOf(material, each))),
    releaseAt,
    now,
    why: `you are on our pre-notification list "${list.name}"`,
    tlp: 'TLP:AMBER',
    mayDeploy: false,
    contact: contact(material),
    nothingToRelease: nothingToRelease(cases),
    ...(replaces === undefined ? {} : { replaces }),
  })
  const subject = list.subjectTag === undefined ? text.subject : `${list.subjectTag} ${text.subject}`
  return { ...text, subject, automatic: false }
}

async function caseOf(material: LetterMaterial, theCase: CaseState): Promise<PrenotificationCase> {
  const { credits: _credits, dates: _dates, references: _references, ...record } = recordOf(material, theCase)
  return { ...record, fixes: await fixesOf(material, theCase) }
}

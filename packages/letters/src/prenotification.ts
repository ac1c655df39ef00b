import { LINUX_DISTROS } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { prenotification as write } from '@embargo/documents'
import type { PrenotificationCase, PrenotificationFields } from '@embargo/documents'
import { fixesOf, nothingToRelease, patchTexts, recordOf } from './shared/advisory-record.ts'
import { contact } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial, StoredContent } from './shared/material.ts'

/** Tells one recipient about the vulnerability under embargo, with the patches. */
export const prenotification = defineLetter({
  name: 'prenotification',
  label: 'pre-notification',
  needs: ({ cases }) => ({ texts: patchTexts(cases) }),
  facts: noticeFacts,
  words: noticeWords,
})

export function noticeFacts(material: LetterMaterial, content: StoredContent): PrenotificationFields {
  const { project, cases, releaseAt, list } = material
  if (releaseAt === undefined) throw new CannotWrite('The release has no date yet.')
  if (list === undefined) throw new CannotWrite('The list of this recipient is no longer in the policy.')
  return {
    project: project.name,
    cases: cases.map((each) => caseFacts(each, { material, content })),
    releaseAt,
    why: `you are on our pre-notification list "${list.name}"`,
    tlp: list.tlp,
    tellClients: list.tellClients,
    mayDeploy: list.deployEarly,
    contact: list.contact ?? contact(material),
    announced: material.announced,
    nothingToRelease: nothingToRelease(cases),
    template: material.policy.templates.prenotification,
    tag: list.kind === undefined ? undefined : LINUX_DISTROS.subjectTag,
  }
}

type Sources = { readonly material: LetterMaterial; readonly content: StoredContent }

function caseFacts(theCase: CaseState, { material, content }: Sources): PrenotificationCase {
  const { credits: _credits, dates: _dates, references: _references, ...record } = recordOf(material, theCase)
  return { ...record, fixes: fixesOf(theCase, content) }
}

export function noticeWords(fields: PrenotificationFields): Letter {
  return { ...write(fields), automatic: false }
}

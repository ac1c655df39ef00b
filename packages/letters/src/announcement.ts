import { announcement as write } from '@embargo/documents'
import type { AnnouncementFields } from '@embargo/documents'
import { recordOf } from './shared/advisory-record.ts'
import { contact } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** Tells the announcement list about the release and what it fixes. */
export const announcement = defineLetter({
  name: 'announcement',
  label: 'announcement',
  facts,
  words,
})

function facts(material: LetterMaterial): AnnouncementFields {
  const records = material.cases.map((each) => recordOf(material, each))
  const { project, policy, release } = material
  return {
    project: project.name,
    about: project.about,
    records,
    contact: contact(material),
    announced: release?.headsUpAt === undefined ? undefined : release.headsUp?.count,
    template: policy.templates.announcement,
  }
}

function words(fields: AnnouncementFields): Letter {
  return { ...write(fields), automatic: false }
}

import { CannotWrite, NothingToSay } from './shared/errors.ts'
import { fixedVersionsOf, nothingToRelease } from './shared/advisory-record.ts'
import { base, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter, listed } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, time } from './shared/template-values.ts'

/** The letter to a reporter when the team has set the date on which the fix will be public. */
export type PlannedDateFields = LetterBase & {
  releaseAt: number
  /** The versions that will have the fix, as users name them; empty while they are unknown. */
  versions: readonly string[]
  secrecy: Secrecy
  /** Set if an advisory is planned, but no new version. */
  nothingToRelease?: boolean | undefined
}

/** Tells the reporter the date, and how to say that it does not suit them. */
export const plannedDate = defineLetter({
  name: 'planned-date',
  label: 'planned date',
  obsoleteAfter: ['publication', 'closing', 'merge', 'spam'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    releaseAt: time(material.release?.at),
    ...embargoEnd(material),
  }),
})

function facts(material: LetterMaterial): PlannedDateFields {
  const { release, case: theCase, cases, now } = material
  if (release === undefined || !release.cases.includes(theCase.id) || release.is === 'cancelled')
    throw new NothingToSay('The case left its release before this mail could be sent.')
  if (release.at === undefined) throw new CannotWrite('The release has no date yet.')
  if (release.at <= now) throw new NothingToSay('The planned date came before this mail could be sent.')
  return {
    ...base(material),
    releaseAt: release.at,
    versions: fixedVersionsOf(material, [theCase]),
    secrecy: secrecyOf(material),
    nothingToRelease: nothingToRelease(cases),
  }
}

const ASKS: Readonly<Record<Secrecy, string | undefined>> = {
  bound: 'Please keep it between us until then.',
  asked: 'We ask you to keep it between us until then.',
  over: undefined,
}

function words(fields: PlannedDateFields): Letter {
  const { releaseAt, versions, project, secrecy, nothingToRelease: isAdvisory } = fields
  const what = isAdvisory === true ? 'the advisory about what you reported' : 'the fix for what you reported'
  const where = versions.length === 0 ? '' : `, in ${project} ${listed(versions)}`
  return letter({
    base: fields,
    about: 'The planned date',
    automatic: true,
    blocks: [
      `We plan to publish ${what} on ${date(releaseAt, fields)}${where}.`,
      ASKS[secrecy],
      'If the date changes, we will tell you. If it does not suit you, a reply is enough, and we will talk about it.',
    ],
  })
}

import { accountOn, personOf, PLATFORM_WORDS, PLATFORMS } from '@embargo/core'
import type { Person, Platform } from '@embargo/core'
import { base, embargoTerms, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite, NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf } from './shared/template-values.ts'

/**
 * The invitation of a person to a case. It is not encrypted, and the person has not agreed to anything yet. So it says
 * what they would agree to, and nothing about the case.
 */
export type InvitationFields = LetterBase & {
  /** The name of the person who invites. */
  by?: string | undefined
  /** The role that they would have: `maintainer`. */
  as: string
  embargo: EmbargoTerms
  secrecy: Secrecy
  /** How they can accept, on each platform: `/cvd people join SEC-2026-0042`, `in Slack`. */
  ways: readonly { readonly typed: string; readonly where: string }[]
}

export const invitation = defineLetter({
  name: 'invitation',
  label: 'invitation to a case',
  obsoleteAfter: ['closing'],
  facts,
  words,
  templateFields: (material) => {
    const invited = eventOf(material, 'PersonInvited')
    return {
      ...common(material),
      by: personOf(material.policy, invited?.by)?.name ?? 'The security team',
      role: invited?.role ?? '',
      ...embargoEnd(material),
    }
  },
})

function facts(material: LetterMaterial): InvitationFields {
  const { event, policy, project, to, case: theCase } = material
  if (event?.type !== 'PersonInvited') throw new CannotWrite('Nobody was invited.')
  if (theCase.invited?.[event.person] === undefined)
    throw new NothingToSay('Before the mail left, the person answered or was no longer invited.')
  const person = to.kind === 'person' ? personOf(policy, to.person) : undefined
  const zone = person?.zone
  return {
    ...base(material),
    from: { kind: 'team', address: project.address },
    ...(zone === undefined ? {} : { zone }),
    by: personOf(policy, event.by)?.name,
    as: event.role,
    embargo: embargoTerms(material),
    secrecy: secrecyOf(material),
    ways: waysFor(person, material),
  }
}

/**
 * How the person can accept, on each platform where they have an account. If they have no account, the result has each
 * of the team's platforms.
 */
function waysFor(person: Person | undefined, { policy, case: { id }, roots }: LetterMaterial) {
  const used = (platform: Platform): boolean => platform === 'terminal' || policy.platforms.includes(platform)
  const own = PLATFORMS.filter((one) => used(one) && person !== undefined && accountOn(person, one) !== undefined)
  return (own.length === 0 ? policy.platforms : own).map((platform) => {
    const { typed, where } = PLATFORM_WORDS[platform]
    const root = roots[platform]
    // In a terminal, the case number is typed before the verb.
    const usage = platform === 'terminal' ? 'people join' : `people join ${id}`
    return { typed: typed(usage, { case: id, ...(root === undefined ? {} : { root }) }), where }
  })
}

function words(fields: InvitationFields): Letter {
  const { caseNumber, project, by = 'The security team', as, ways } = fields
  return letter({
    base: fields,
    about: 'You are invited to a case',
    automatic: true,
    blocks: [
      `${by} asks you to join ${caseNumber} in ${project} as ${as}. You will learn what it is about once you have agreed to the terms below.`,
      terms(fields),
      { steps: fields.secrecy === 'over' ? IN_PUBLIC : IN_SECRET },
      `To agree, run ${ways.map(({ typed, where }) => `"${typed}" ${where}`).join(', or ')}; to decline, type "decline" in place of "join". People read replies to this mail, but a reply neither accepts nor declines.`,
      'If you do nothing, nothing happens: you are not on the case, and you are not bound by anything.',
    ],
  })
}

const IN_SECRET = [
  'Tell nobody except the people on the case, not even inside your own organisation.',
  'Keep patches and texts out of public places: no public branch, build, issue or chat.',
  'Use what you learn for this case and for nothing else.',
  'Say so at once if something got out, or if you have a conflict of interest. Nobody is blamed for saying it.',
]

/** The terms for a case that is no longer secret. Its conversations and the name of its reporter are still secret. */
const IN_PUBLIC = [
  'Who reported it, what the mails say and what is said in the channel: tell this only to the people on the case.',
  'Use what you learn for this case and for nothing else.',
  'Say so at once if you have a conflict of interest. Nobody is blamed for saying it.',
]

function terms({ embargo, secrecy, ...base }: InvitationFields): string {
  if (secrecy === 'over') return 'No embargo is in force, and you may work on the case in public. What we ask of you:'
  return embargo === 'none'
    ? 'No embargo is in force now. Even so, what you are shown is only for the people on the case:'
    : `An embargo is in force until ${date(embargo.end, base)}, or until the fix is public. Until then:`
}

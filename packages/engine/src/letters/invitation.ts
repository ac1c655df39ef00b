import { accountOn, personOf, PLATFORM_WORDS, PLATFORMS } from '@embargo/core'
import type { Person, Platform } from '@embargo/core'
import { invitation as write } from '@embargo/letters'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'
import { base, embargoTerms, secrecyOf } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const invitation: LetterRenderer = {
  letter: 'invitation',
  render(material) {
    const { event, policy, project, to, case: theCase } = material
    if (event?.type !== 'PersonInvited') throw new CannotPerform('Nobody was invited by what asks for this mail.')
    if (theCase.invited?.[event.person] === undefined)
      throw new NotNeeded('They answered, or are not asked any more, before the mail left.')
    const person = to.kind === 'person' ? personOf(policy, to.person) : undefined
    const zone = person?.zone
    return write({
      ...base(material),
      from: { kind: 'team', address: project.address },
      ...(zone === undefined ? {} : { zone }),
      by: personOf(policy, event.by)?.name,
      as: event.role,
      embargo: embargoTerms(material),
      secrecy: secrecyOf(material),
      ways: waysFor(person, material),
    })
  },
}

/** Where the person has an account; whoever has none yet is told of every platform of the team. */
function waysFor(person: Person | undefined, { policy, case: { id }, roots }: LetterMaterial) {
  const used = (platform: Platform): boolean => platform === 'terminal' || policy.platforms.includes(platform)
  const own = PLATFORMS.filter((one) => used(one) && person !== undefined && accountOn(person, one) !== undefined)
  return (own.length === 0 ? policy.platforms : own).map((platform) => {
    const { typed, where } = PLATFORM_WORDS[platform]
    const root = roots[platform]
    // In a terminal the number stands before the verb.
    const usage = platform === 'terminal' ? 'consent yes' : `consent ${id} yes`
    return { typed: typed(usage, { case: id, ...(root === undefined ? {} : { root }) }), where }
  })
}

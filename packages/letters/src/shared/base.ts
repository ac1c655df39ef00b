import { embargoInForce, getsNoCve, isBound, isCveKept, isSecret, nextWordPromised, personOf } from '@embargo/core'
import type { CaseState, Instant, Report, Tlp } from '@embargo/core'
import type { EmbargoTerms, LetterBase, Secrecy, Sender } from './letter.ts'
import { CannotWrite } from './errors.ts'
import type { LetterMaterial } from './material.ts'

/** The common part of every letter to a reporter or recipient. */
export function base(material: LetterMaterial): LetterBase {
  return { caseNumber: material.case.id, project: material.project.name, from: sender(material), now: material.now }
}

// A person signs with the public name that the policy gives them. If it gives none, the team signs.
function sender({ policy, project, case: theCase }: LetterMaterial): Sender {
  const { address } = project
  const name = personOf(policy, theCase.coordinator)?.publicName
  if (name === undefined) return { kind: 'team', address }
  return { kind: policy.profile === 'solo' ? 'solo' : 'person', name, address }
}

/** The embargo as it applies to the reader of the letter. Not every reader is bound by an embargo that is in force. */
export function embargoTerms({ case: { em }, report }: Pick<LetterMaterial, 'case' | 'report'>): EmbargoTerms {
  return embargoInForce(em) ? { end: em.end, free: report?.free === true, named: em.agreed !== undefined } : 'none'
}

/**
 * What keeps the reader silent: the embargo, our request, or nothing. We ask nobody to be silent once the vulnerability
 * is public, or once the team and the reporter continue in public.
 */
export function secrecyOf({ case: theCase, report }: Pick<LetterMaterial, 'case' | 'report'>): Secrecy {
  if (embargoInForce(theCase.em) && (report === undefined || isBound(report))) return 'bound'
  return isSecret(theCase) ? 'asked' : 'over'
}

/** The CVE id for texts: undefined while it is still expected, `null` if none will come. */
export function cveIdOf(
  { policy, release }: Pick<LetterMaterial, 'policy'> & { readonly release?: LetterMaterial['release'] | undefined },
  theCase: CaseState,
): string | null | undefined {
  const { cve } = theCase
  const id = isCveKept(theCase, release) || cve?.test === true ? undefined : cve?.id
  const isRequested = cve !== undefined && !(isCveKept(theCase, release) && cve.kept === 'unrequested')
  return id ?? (!isRequested || getsNoCve(policy, theCase) ? null : undefined)
}

/** When the reporter hears from us again at the latest. */
export const nextWordBy = ({ policy, case: theCase, now }: Pick<LetterMaterial, 'policy' | 'case' | 'now'>): Instant =>
  nextWordPromised(policy, theCase, now)

/** @throws CannotWrite */
export function reportOf({ report }: LetterMaterial): Report {
  if (report === undefined) throw new CannotWrite('The report that this mail is about is no longer on the case.')
  return report
}

/** The credit as it is printed. Undefined if nobody is named, because the credit is anonymous, undecided or erased. */
export function creditLine({ credit, identity }: Report): string | undefined {
  if (credit === undefined || credit.kind === 'anonymous') return undefined
  const name = credit.name?.value ?? (credit.kind === 'named' ? identity.value?.name : undefined)
  return name ?? undefined
}

/** The TLP label of a mail to a recipient. While there is a secret to keep, the subject begins with this label. */
export const labelOf = ({ list }: Pick<LetterMaterial, 'list'>): Tlp => list?.tlp ?? 'TLP:AMBER+STRICT'

/** The address for questions and further reports. */
export const contact = ({ project }: Pick<LetterMaterial, 'project'>): string => project.contact ?? project.address

/** The date of a release that is still to come. */
export const upcomingRelease = ({ release, now }: LetterMaterial): Instant | undefined =>
  release?.at !== undefined && release.is !== 'cancelled' && release.startedAt === undefined && release.at > now
    ? release.at
    : undefined

import { embargoInForce, getsNoCve, isBound, isSecret, nextWordPromised, personOf } from '@embargo/core'
import type { CaseState, Instant, Report } from '@embargo/core'
import type { EmbargoTerms, LetterBase, Secrecy, Sender } from './letter.ts'
import { CannotWrite } from './errors.ts'
import type { LetterMaterial } from './material.ts'

/** What every letter to a reporter or recipient starts from. */
export function base(material: LetterMaterial): LetterBase {
  return { caseNumber: material.case.id, project: material.project.name, from: sender(material), now: material.now }
}

// A person is named as the policy says they may be, and not at all where it says nothing.
function sender({ policy, project, case: theCase }: LetterMaterial): Sender {
  const { address } = project
  const name = personOf(policy, theCase.coordinator)?.publicName
  if (name === undefined) return { kind: 'team', address }
  return { kind: policy.profile === 'solo' ? 'solo' : 'person', name, address }
}

/** As it is for the reader of the letter: it may be in force and not bind them. */
export function embargoTerms({ case: { em }, report }: Pick<LetterMaterial, 'case' | 'report'>): EmbargoTerms {
  return embargoInForce(em) ? { end: em.end, free: report?.free === true, named: em.agreed !== undefined } : 'none'
}

/**
 * What its reader keeps: by the embargo, because we ask for it, or nothing. After "we go on in public", or once it is
 * public, nobody is asked.
 */
export function secrecyOf({ case: theCase, report }: Pick<LetterMaterial, 'case' | 'report'>): Secrecy {
  if (embargoInForce(theCase.em) && (report === undefined || isBound(report))) return 'bound'
  return isSecret(theCase) ? 'asked' : 'over'
}

/** The CVE id as texts have it: undefined while it is to come, `null` where none will. */
export const cveIdOf = ({ policy }: Pick<LetterMaterial, 'policy'>, theCase: CaseState): string | null | undefined =>
  theCase.cve?.id ?? (theCase.cve === undefined || getsNoCve(policy, theCase) ? null : undefined)

/** The reporter hears from us again by then. */
export const nextWordBy = ({ policy, case: theCase, now }: Pick<LetterMaterial, 'policy' | 'case' | 'now'>): Instant =>
  nextWordPromised(policy, theCase, now)

/** @throws CannotWrite */
export function reportOf({ report }: LetterMaterial): Report {
  if (report === undefined) throw new CannotWrite('The report of this mail is not on the case any more.')
  return report
}

/** The credit as it is printed; undefined where nobody is named: anonymous, undecided, or erased. */
export function creditLine({ credit, identity }: Report): string | undefined {
  if (credit === undefined || credit.kind === 'anonymous') return undefined
  const name = credit.name?.value ?? (credit.kind === 'named' ? identity.value?.name : undefined)
  return name ?? undefined
}

/** Whom to ask, or to write the next report to. */
export const contact = ({ project }: LetterMaterial): string => project.contact ?? project.address

/** The date of a release that is still to come. */
export const upcomingRelease = ({ release, now }: LetterMaterial): Instant | undefined =>
  release?.at !== undefined && release.is !== 'cancelled' && release.startedAt === undefined && release.at > now
    ? release.at
    : undefined

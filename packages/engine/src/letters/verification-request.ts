import { after, aloneInSolo, mailedPatch } from '@embargo/core'
import { verificationRequest as write } from '@embargo/letters'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'
import { patchOf } from './parts.ts'
import { base, creditLine, cveIdOf, reportOf, secrecyOf } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const verificationRequest: LetterRenderer = {
  letter: 'verification-request',
  async render(material) {
    const { case: theCase } = material
    const { branch: name, sha256, dueAt } = askedAbout(material)
    const live = theCase.branches.flatMap((branch) => (branch.name === name ? [patchOf(branch)] : []))[0]
    // A newer patch has its own request; the reporter is not asked about one that nobody wants.
    if (live?.sha256 !== sha256) throw new NotNeeded('The patch was replaced before the reporter was asked about it.')
    return write({
      ...base(material),
      patch: { branch: name, text: await material.text(live.blob), sha256: live.sha256 },
      cve: cveIdOf(material, theCase),
      credit: creditLine(reportOf(material)),
      plannedFor: material.releaseAt,
      answerBy: dueAt,
      secrecy: secrecyOf(material),
      ...(aloneInSolo(material.policy) && { alone: true }),
    })
  },
}

/** The patch that is to be checked: who comes with another case is asked about the one that is there. */
export function askedAbout({ event, case: theCase, policy, now }: LetterMaterial) {
  if (event?.type === 'VerificationRequested') return event
  const mailed = event?.type === 'CasesMerged' ? mailedPatch(theCase) : undefined
  if (mailed === undefined) throw new CannotPerform('Nobody was asked to check a patch.')
  const { reporterVerification } = policy.clocks
  return { ...mailed, dueAt: after(policy.calendar, now, reporterVerification[theCase.severity ?? 'high']) }
}

import { aloneInSolo } from '@embargo/core'
import { verificationRequest as write } from '@embargo/mail'
import { CannotPerform, NotNeeded } from '../dispatch/trouble.ts'
import { patchOf } from './advisory-record.ts'
import { base, creditLine, cveIdOf, reportOf, secrecyOf } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const verificationRequest: LetterRenderer = {
  letter: 'verification-request',
  async render(material) {
    const { event, case: theCase } = material
    if (event?.type !== 'VerificationRequested') throw new CannotPerform('Nobody was asked to check a patch.')
    const live = theCase.branches.flatMap((branch) => (branch.name === event.branch ? [patchOf(branch)] : []))[0]
    // A newer patch has its own request; the reporter is not asked about one that nobody wants.
    if (live?.sha256 !== event.sha256)
      throw new NotNeeded('The patch was replaced before the reporter was asked about it.')
    return write({
      ...base(material),
      patch: { branch: event.branch, text: await material.text(live.blob), sha256: live.sha256 },
      cve: cveIdOf(material, theCase),
      credit: creditLine(reportOf(material)),
      plannedFor: material.releaseAt,
      answerBy: event.dueAt,
      secrecy: secrecyOf(material),
      ...(aloneInSolo(material.policy) && { alone: true }),
    })
  },
}

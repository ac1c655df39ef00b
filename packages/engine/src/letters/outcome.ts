import { assertNever } from '@embargo/core'
import type { Event } from '@embargo/core'
import { outcome as write } from '@embargo/letters'
import type { Outcome } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base, embargoTerms, nextWordBy, secrecyOf } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

/** Core asks for a reason before it decides one of these; an old log may lack it. */
const NO_REASON = 'That is how we assess what you describe.'

export const outcome: LetterRenderer = {
  letter: 'outcome',
  render(material) {
    const goesOn = material.case.rm === 'valid' || material.case.rm === 'accepted'
    return write({
      ...base(material),
      outcome: found(material),
      embargo: embargoTerms(material),
      secrecy: secrecyOf(material),
      nextWordBy: goesOn ? nextWordBy(material) : undefined,
    })
  },
}

function found({ event, case: theCase, report }: LetterMaterial): Outcome {
  const given = reasonIn(event)
  const disposition = given.disposition ?? theCase.disposition
  const reason = given.reason ?? NO_REASON
  switch (disposition) {
    case 'valid': {
      const { severity, cvss3, cvss4 } = theCase
      return {
        disposition,
        severity,
        reason: given.reason,
        vectors: [cvss4, cvss3].filter((vector) => vector !== undefined),
      }
    }
    case 'defense-in-depth':
    case 'info-only':
    case 'invalid':
    case 'out-of-scope':
      return { disposition, reason }
    case 'already-fixed':
      return { disposition, fixedIn: given.fixedIn ?? 'a version that is released already', reason: given.reason }
    case 'other-vendor':
      return {
        disposition,
        vendor: given.vendor ?? 'another project',
        contact: given.contact ?? 'the address that it gives for security reports',
        reason: given.reason,
        forwarding: report?.forwarding,
      }
    case 'duplicate':
      throw new CannotPerform('Who sent a duplicate is told by the letter of the case that it went to.')
    case 'spam':
      throw new CannotPerform('Spam gets no answer.')
    case undefined:
      throw new CannotPerform(`${theCase.id} has no disposition yet. Decide it with “triage”.`)
    default:
      return assertNever(disposition)
  }
}

function reasonIn(event: Event | undefined): Partial<Extract<Event, { type: 'DispositionSet' }>> {
  return event?.type === 'DispositionSet' ? event : {}
}

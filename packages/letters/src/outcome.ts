import { assertNever, oneLine } from '@embargo/core'
import type { Block, Event, Severity } from '@embargo/core'
import { base, embargoTerms, nextWordBy, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter, requestForSilence } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf, nextWord, rating } from './shared/template-values.ts'

/**
 * The result of a report, with the facts that its letter needs. Spam gets no answer, and a duplicate gets a letter of
 * its own.
 */
export type Outcome =
  | {
      disposition: 'valid'
      severity?: Severity | undefined
      reason?: string | undefined
      vectors?: readonly string[] | undefined
    }
  | { disposition: 'defense-in-depth'; reason: string }
  | { disposition: 'info-only'; reason: string }
  | { disposition: 'invalid'; reason: string }
  | { disposition: 'already-fixed'; fixedIn: string; reason?: string | undefined }
  | { disposition: 'out-of-scope'; reason: string; scopeUrl?: string | undefined }
  | {
      disposition: 'other-vendor'
      vendor: string
      contact: string
      reason?: string | undefined
      /** What the reporter already said about forwarding their report. If absent, the letter asks them. */
      forwarding?: 'named' | 'unnamed' | 'no' | undefined
    }

/** What the outcome letter says. `reason` is the text that the team wrote for the reporter. */
export type OutcomeFields = LetterBase & {
  outcome: Outcome
  embargo: EmbargoTerms
  secrecy: Secrecy
  /** When the reporter hears from us again at the latest; absent if the case ends with this letter. */
  nextWordBy?: number | undefined
}

/** Tells the reporter the result of the report, the reason, and how to disagree. */
export const outcome = defineLetter({
  name: 'outcome',
  label: 'outcome of the triage',
  obsoleteAfter: ['publication', 'spam'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    disposition: eventOf(material, 'DispositionSet')?.disposition ?? material.case.disposition ?? '',
    ...rating(material),
    reason: eventOf(material, 'DispositionSet')?.reason ?? '',
    ...nextWord(material),
    ...embargoEnd(material),
  }),
})

/** Used if an old log has no reason. Core now requires a reason for each disposition that uses this sentence. */
const NO_REASON = 'That is how we assess what you describe.'

function facts(material: LetterMaterial): OutcomeFields {
  const goesOn = material.case.rm === 'valid' || material.case.rm === 'accepted'
  return {
    ...base(material),
    outcome: outcomeOf(material),
    embargo: embargoTerms(material),
    secrecy: secrecyOf(material),
    nextWordBy: goesOn ? nextWordBy(material) : undefined,
  }
}

function outcomeOf(material: LetterMaterial): Outcome {
  const { case: theCase, report } = material
  const given: Partial<Extract<Event, { type: 'DispositionSet' }>> = eventOf(material, 'DispositionSet') ?? {}
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
      return { disposition, fixedIn: given.fixedIn ?? 'a version that is already released', reason: given.reason }
    case 'other-vendor':
      return {
        disposition,
        vendor: given.vendor ?? 'another project',
        contact: given.contact ?? 'the address that it gives for security reports',
        reason: given.reason,
        forwarding: report?.forwarding,
      }
    case 'duplicate':
      throw new CannotWrite('The sender of a duplicate gets a letter from the case that the report was merged into.')
    case 'spam':
      throw new CannotWrite('Spam gets no answer.')
    case undefined:
      throw new CannotWrite(`${theCase.id} has no disposition yet, so decide it first.`)
    default:
      return assertNever(disposition)
  }
}

function words(fields: OutcomeFields): Letter {
  return letter({
    base: fields,
    about: 'What we found',
    automatic: false,
    blocks: [...verdict(fields.outcome, fields), embargo(fields), next(fields), disagree(fields.outcome)],
  })
}

function verdict(found: Outcome, base: LetterBase): Block[] {
  switch (found.disposition) {
    case 'valid':
      return [
        `Your report is valid: ${base.project} has the vulnerability that you describe. Thank you for finding it and for telling us. ${ratingSentence(found)}`,
        found.reason === undefined ? '' : { said: found.reason },
        ...vectors(found.vectors),
        'The fix comes next. We will tell you who writes it, and ask you to check it before it is released.',
      ]
    case 'defense-in-depth':
      return [
        'We looked into your report, and you are right about what you saw. On its own it does not let anybody do what they should not be able to do, so we do not treat it as a vulnerability and ask for no CVE. It is still worth changing, and we will. Our reason:',
        { said: found.reason },
        'Thank you. Work like this makes the next attack harder.',
      ]
    case 'info-only':
      return [
        'We looked into your report. What you describe is right and good to know, but there is nothing in it for us to fix. Our reason:',
        { said: found.reason },
        'Thank you for taking the time to write it down.',
      ]
    case 'invalid':
      return [
        `We looked into your report and found that what it describes is not a vulnerability in ${base.project}. Our reason:`,
        { said: found.reason },
        'Thank you for looking, and for asking here first.',
      ]
    case 'already-fixed':
      return [
        `What you describe was a real problem. It is already fixed, in ${found.fixedIn}.`,
        found.reason === undefined ? '' : { said: found.reason },
        'If you still see it there, tell us: then it is something new. Thank you for checking.',
      ]
    case 'out-of-scope':
      return [
        `We looked into your report. It is outside of what we treat as a security matter in ${base.project}. Our reason:`,
        { said: found.reason },
        found.scopeUrl === undefined ? '' : `What is in scope is listed at ${found.scopeUrl}`,
        'That does not mean that you are wrong about it. Thank you for writing.',
      ]
    case 'other-vendor':
      return [
        `We looked into your report. The cause is not in ${base.project} but in ${found.vendor.replace(/\.$/u, '')}.`,
        found.reason === undefined ? '' : { said: found.reason },
        `They can be reached at ${found.contact}`,
        `${forwardingSentence(found.forwarding)} Thank you for telling us.`,
      ]
  }
}

function forwardingSentence(forwarding: Extract<Outcome, { disposition: 'other-vendor' }>['forwarding']): string {
  switch (forwarding) {
    case 'named':
      return 'You already said that we may forward it and name you, so you need not do anything.'
    case 'unnamed':
      return 'You already said that we may forward it without your name, so you need not do anything.'
    case 'no':
      return 'You said that we must not forward it, so we will not.'
    case undefined:
      return 'If you would rather have us forward it, reply with a yes and tell us whether we may name you. Unless you agree, nothing is forwarded.'
    default:
      return assertNever(forwarding)
  }
}

// A vector is one long word. It is on a line of its own so that it can be copied whole.
function vectors(given: readonly string[] | undefined): Block[] {
  return given === undefined || given.length === 0 ? [] : [{ verbatim: given.map(oneLine).join('\n') }]
}

function embargo({ embargo: terms, outcome: found, secrecy, ...base }: OutcomeFields): string {
  if (terms !== 'none') {
    if (terms.free === true) return requestForSilence(terms.end, base)
    return `The embargo still ends ${date(terms.end, base)}. Until then, or until the fix is public, please keep this between us.`
  }
  if (found.disposition === 'other-vendor' && secrecy !== 'over') {
    return `No embargo with us is in force. Please give ${found.vendor} time to act before you write about it.`
  }
  return 'No embargo is in force: you may write about this as you like.'
}

function next({ nextWordBy, ...base }: OutcomeFields): string | undefined {
  if (nextWordBy === undefined) return 'With this mail the case is closed on our side. Any reply is still read.'
  return `You hear from us again by ${date(nextWordBy, base)} at the latest.`
}

function disagree(found: Outcome): string {
  if (found.disposition === 'valid') return 'If you disagree about the severity, reply and say why. We will look again.'
  return 'If you disagree, reply and tell us what we missed. A person will look at it again.'
}

function ratingSentence({ severity, reason }: Extract<Outcome, { disposition: 'valid' }>): string {
  if (severity === undefined) return 'Next, we decide how severe it is.'
  return reason === undefined ? `We rate it ${severity}.` : `We rate it ${severity}, for this reason:`
}

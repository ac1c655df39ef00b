type Rule = { readonly rule: string; readonly waivable?: true }

/**
 * The rules that can refuse a command, by the names that people see in refusals. Where `waivable` stands, a second person
 * may let a command pass it with a recorded reason; all the others have no way round (the fix branch by branch, and the
 * last branch never).
 */
export const GATES = {
  role: { rule: 'The account belongs to a person, and the person’s role may run the command.' },
  'on-the-case': { rule: 'The person is on the case’s own list.' },
  'not-the-reporter': { rule: 'Who reported the vulnerability holds no seat in its case.' },
  'no-conflict': { rule: 'The person has declared no conflict of interest.' },
  acknowledged: { rule: 'Somebody has acknowledged the report.' },
  'validity-decided': { rule: 'The report was found valid, or worth hardening against.' },
  'severity-rated': { rule: 'The severity is rated.' },
  'remediator-willing': { rule: 'The reporter said that they write the patch.' },
  'patch-submitted': { rule: 'There is a patch to judge.' },
  'verifier-is-not-author': { rule: 'Nobody confirms their own patch.' },
  'reporter-agrees': { rule: 'A report goes to another vendor with its reporter’s yes.' },
  'address-of-theirs': { rule: 'A reporter is written to at an address of theirs, which is none of ours.' },
  'reporter-verified': { rule: 'The reporter verifies the team’s main patch.', waivable: true },
  'fix-ready': { rule: 'Every affected supported branch has a verified patch.', waivable: true },
  'cve-requested': { rule: 'A CVE id is requested.', waivable: true },
  'embargo-active': { rule: 'An embargo is in force.' },
  'date-ahead': { rule: 'The date of a release is still to come.' },
  'inside-embargo': { rule: 'The release comes before the embargo’s end.' },
  'embargo-cap': { rule: 'The embargo is not longer than the policy lets reporter and team agree on.' },
  'other-side': { rule: 'Nobody accepts their own proposal: the other side does.' },
  'reason-holds': { rule: 'An embargo ends early for a fact that is in the log.' },
  'signal-counts': {
    rule: 'What is corrected counts, and what counts of a duplicate counts of the earlier case, too.',
  },
  'embargo-exited': { rule: 'The embargo has ended.' },
  'lead-time': {
    rule: 'Recipients get the lead that their list is promised, and no more than it asks for.',
    waivable: true,
  },
  'release-window': { rule: 'Releases come when people are at work to install them.', waivable: true },
  'recipient-consent': { rule: 'Every recipient agreed to the terms of the list.' },
  'recipient-keys': { rule: 'Every recipient has a key, or accepted plain text.', waivable: true },
  'second-person': { rule: 'A second person agrees; in the solo profile the same one looks again.' },
  'release-date': { rule: 'The promised date is reached.' },
  'nothing-public': { rule: 'The vulnerability is not public.' },
  'secrecy-over': { rule: 'Something is public, attacked, or leaked for good.' },
  'reaches-the-public': { rule: 'There is a list on which the publication is read, or it is public already.' },
  'texts-complete': { rule: 'The public texts have what they cannot be written without.' },
  'credit-decided': { rule: 'Every reporter who can be reached was asked how to be credited.', waivable: true },
  'one-live-release': { rule: 'A case is in at most one live release.' },
  'publication-not-begun': { rule: 'The publication has not begun.' },
  'earlier-and-open': { rule: 'A duplicate goes to an earlier case that is still open.' },
  frozen: {
    rule: 'Nothing is still leaving, and neither a signal nor the question whether the case leaves its release waits for a second person.',
  },
  'case-open': { rule: 'The case is open.' },
  'fits-the-stage': { rule: 'The case has come far enough.' },
  'makes-sense': { rule: 'The request fits what there is.' },
} as const satisfies Readonly<Record<string, Rule>>

export type GateId = keyof typeof GATES

export type WaivableGate = {
  [G in GateId]: (typeof GATES)[G] extends { readonly waivable: true } ? G : never
}[GateId]

export const isGateId = (text: string): text is GateId => Object.hasOwn(GATES, text)

export const isWaivable = (gate: GateId): gate is WaivableGate => 'waivable' in GATES[gate]

/** The gates that may be waived, as a case meets them. */
export const WAIVABLE_GATES: readonly WaivableGate[] = Object.keys(GATES).filter(isGateId).filter(isWaivable)

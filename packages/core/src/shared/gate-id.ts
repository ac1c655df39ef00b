/** The gates that may be waived for one command, with a second person and a recorded reason. */
export const WAIVABLE_GATES = [
  'reporter-check',
  'fix',
  'cve',
  'notice',
  'hours',
  'plain-text',
  'credit',
  'wording',
] as const

/** What two people allow by waiving each gate. */
export const WAIVER_WORDS: Readonly<Record<WaivableGate, string>> = {
  'reporter-check': 'go on without the reporter’s check',
  fix: 'go on without a checked patch for a branch',
  cve: 'tell recipients before there is a CVE id',
  notice: 'give a list less notice than promised',
  hours: 'release outside the usual hours',
  'plain-text': 'mail a recipient unencrypted',
  credit: 'publish without asking about credit',
  wording: 'publish a sentence that the wording check refused',
}

/** Every gate, by the name that people see in refusals. Only the gates of `WAIVABLE_GATES` can be waived. */
export const GATE_IDS = [
  ...WAIVABLE_GATES,
  'role',
  'on-the-case',
  'not-the-reporter',
  'no-conflict',
  'acknowledged',
  'validity-decided',
  'severity-rated',
  'remediator-willing',
  'patch-submitted',
  'verifier-is-not-author',
  'reporter-agrees',
  'address-of-theirs',
  'embargo-active',
  'date-ahead',
  'inside-embargo',
  'embargo-cap',
  'other-side',
  'reason-holds',
  'signal-counts',
  'embargo-exited',
  'recipient-consent',
  'second-person',
  'release-date',
  'nothing-public',
  'secrecy-over',
  'reaches-the-public',
  'texts-complete',
  'one-live-release',
  'publication-not-begun',
  'earlier-and-open',
  'frozen',
  'case-open',
  'fits-the-stage',
  'makes-sense',
] as const

export type GateId = (typeof GATE_IDS)[number]

export type WaivableGate = (typeof WAIVABLE_GATES)[number]

const isIn = <Id extends string>(ids: readonly Id[], text: string): text is Id => ids.some((id) => id === text)

export const isGateId = (text: string): text is GateId => isIn(GATE_IDS, text)

export const isWaivable = (gate: GateId): gate is WaivableGate => isIn(WAIVABLE_GATES, gate)

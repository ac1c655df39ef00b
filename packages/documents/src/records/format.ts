/** The formats in which the record of a case can be written. */
export const RECORD_FORMATS = ['csaf', 'csaf-vex', 'osv', 'openvex', 'cve', 'ghsa', 'markdown'] as const
export type RecordFormat = (typeof RECORD_FORMATS)[number]

/** The formats as people call them. */
export const FORMAT_NAMES: Readonly<Record<RecordFormat, string>> = {
  csaf: 'CSAF advisory',
  'csaf-vex': 'CSAF VEX document',
  osv: 'OSV record',
  openvex: 'OpenVEX document',
  cve: 'CVE record',
  ghsa: 'advisory at GitHub',
  markdown: 'advisory in Markdown',
}

/** A document, or a list of the facts that it needs but that nobody has entered. */
export type FormatResult<T> =
  | { readonly ok: true; readonly document: T }
  | { readonly ok: false; readonly missing: readonly MissingFact[] }

/** Who enters a fact, or with which command. `publication`: the publication itself adds it. */
export type FactSource =
  | 'policy'
  | 'advisory'
  | 'severity'
  | 'affected-branch'
  | 'range'
  | 'fixed-version'
  | 'workaround'
  | 'cve'
  | 'publication'

/** A fact that a format needs and nobody has entered. */
export type MissingFact = {
  readonly name: string
  readonly source: FactSource
  /** The branch that the fact is about. */
  readonly branch?: string | undefined
  /** The package that the fact is about, if the branch has several. */
  readonly package?: string | undefined
}

/** The note in every document until it is published. */
export const DRAFT_NOTE = 'Draft, not published: keep it secret.'

/** A fact, with its name for the list of missing facts. */
type Fact = MissingFact & { readonly isKnown: boolean }

/** The facts that are not known, each name once. */
export const missingFacts = (facts: readonly Fact[]): readonly MissingFact[] =>
  facts
    .filter(({ isKnown }, index) => !isKnown && facts.findIndex(({ name }) => name === facts[index]?.name) === index)
    .map(({ isKnown: _missing, ...fact }) => fact)

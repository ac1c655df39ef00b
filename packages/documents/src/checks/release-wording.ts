import { decodedForms, hasWord, plainSpelling, shortened, WORDING_PROBLEMS, wordingFindings } from '@embargo/core'
import type { SecretWords } from '@embargo/core'
import { kindOf } from '../texts/advisory-body.ts'
import { documentName, HEADS_UP } from './cross-check.ts'
import type { CaseRecord } from '../record.ts'
import type { Disagreement, ReleaseContent, WrittenText } from './cross-check.ts'
import { stringsOf, valueAt } from './json.ts'

/** An id of a vulnerability or of a weakness. A heads-up must contain no such id. */
const IDS = /\b(?:(?:CVE|CWE)[- ]?\d+(?:-\d+)?|GHSA-[\da-z-]+)\b/iu

/** The name of the mail that corrects a heads-up. This mail must not say more than the heads-up. */
export const HEADS_UP_CORRECTED = 'correction of the heads-up'

type PublicWords = Omit<ReleaseContent, 'versions' | 'unnamed'> & {
  /** What people typed into the cases. The gate `wording` has checked it already, so it is ignored here. */
  readonly stated: readonly string[]
  /** The project's own templates of texts that are written later. Their fields are not filled yet. */
  readonly templates?: readonly WrittenText[] | undefined
}

/**
 * Finds what a text or document of a release must not reveal: attacks, channels, recipients or other cases. In
 * addition, the description of a CVE record must not name a person, and a heads-up must not name a component or an id.
 * What people typed into the cases is ignored here, because the gate `wording` itself checks it. A finding therefore
 * comes from something else, such as a template.
 */
export function releaseWording(content: PublicWords, secret: SecretWords): readonly Disagreement[] {
  const { documents, texts, stated, templates = [] } = content
  // Credits name people on purpose. Only the description of a CVE record must not name anybody.
  const unnamed: SecretWords = { ...secret, people: [] }
  const patterns = patternsOf(stated)
  return [
    ...documents.flatMap((one) => {
      const place = { caseNumber: one.caseNumber, where: documentName(one) }
      if (one.format === 'markdown') return found(place, without(one.text, patterns), unnamed)
      if (one.format !== 'cve') return []
      return descriptionsIn(one.text).flatMap((text) => found(place, without(text, patterns), secret))
    }),
    ...texts.flatMap((text) => {
      const [first = ''] = text.cases
      return [
        ...found({ caseNumber: first, where: text.name }, without(text.text, patterns), unnamed),
        ...ofHeadsUp(text, content),
      ]
    }),
    ...templates.flatMap(({ text, ...template }) => {
      const [caseNumber = ''] = template.cases
      const words = text.replaceAll(FIELD, ' ').replaceAll(FENCE, '')
      return [
        ...found({ caseNumber, where: template.name }, words, unnamed),
        ...ofHeadsUp({ ...template, text: words }, content),
      ]
    }),
  ]
}

const FIELD = /\{\{[^{}]*\}\}/gu
/** The lines that begin and end a block of code. In a template, such a block shows how to upgrade. */
const FENCE = /^\s*(?:```|~~~).*$/gmu

type Place = Pick<Disagreement, 'caseNumber' | 'where'>

const found = (place: Place, text: string, secret: SecretWords): readonly Disagreement[] =>
  wordingFindings(text, secret).map(({ problem, line }) => ({
    ...place,
    because: `It says "${shortened(line)}", which ${WORDING_PROBLEMS[problem]}.`,
  }))

/** Removes from the text everything that people stated. */
const without = (text: string, stated: readonly RegExp[]): string =>
  stated.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), text)

/**
 * Patterns for what people stated, the longest first. They match even if lines are broken in other places, or if
 * Markdown escapes some characters.
 */
const patternsOf = (stated: readonly string[]): readonly RegExp[] =>
  [...new Set(stated.map((one) => one.trim()))]
    .map((one) => one.split(/\s+/u).filter(Boolean))
    .filter((words) => words.length > 0)
    .toSorted((a, b) => b.length - a.length)
    .map((words) => new RegExp(words.map(escaped).join(String.raw`\s+`), 'gu'))

/** A word as a pattern that also matches if some characters have a backslash before them. */
const escaped = (word: string): string =>
  [...word]
    .map((sign) => {
      if (/[\p{L}\p{N}]/u.test(sign)) return sign
      return String.raw`\\?${sign.replace(/[\^$\\.*+?()[\]{}|/]/u, String.raw`\$&`)}`
    })
    .join('')

function descriptionsIn(document: string): readonly string[] {
  const descriptions = valueAt(JSON.parse(document), ['cnaContainer', 'descriptions'])
  return Array.isArray(descriptions) ? descriptions.flatMap((one) => stringsOf(valueAt(one, ['value']))) : []
}

function ofHeadsUp({ name, cases, text }: WrittenText, { records }: PublicWords): readonly Disagreement[] {
  if (name !== HEADS_UP && name !== HEADS_UP_CORRECTED) return []
  const [first = ''] = cases
  // The name of the project is allowed, even if a component has the same name.
  const projects = records.flatMap(({ project, product }) => [
    project,
    ...(product === undefined ? [] : [product.name]),
  ])
  return decodedForms(text.replaceAll(/\s+/gu, ' '))
    .map((form) => ({
      id: IDS.exec(form)?.[0],
      words: projects.reduce((rest, one) => rest.replaceAll(one, ''), form).toLowerCase(),
    }))
    .flatMap(({ id, words }) => [
      ...records.flatMap(secretsOf).filter((one) => hasWord(words, one.toLowerCase())),
      ...(id === undefined ? [] : [id]),
    ])
    .filter((what, index, all) => all.indexOf(what) === index)
    .map((what) => ({
      caseNumber: first,
      where: name,
      because: `It says "${what}", which does not belong in a heads-up.`,
    }))
}

/** The component and the kind of the vulnerability, which tell an attacker where to search and what for. */
const secretsOf = ({ component, cwe }: CaseRecord): readonly string[] => [
  ...(component === undefined ? [] : [plainSpelling(component)]),
  ...(cwe === undefined ? [] : [kindOf({ cwe })]),
]

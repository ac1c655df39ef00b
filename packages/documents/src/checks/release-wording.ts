import { wordingFindings } from '@embargo/core'
import type { SecretWords } from '@embargo/core'
import { stringsOf, valueAt } from './json.ts'
import type { Disagreement, ReleaseContent, WrittenText } from './cross-check.ts'

/** A CVE or CWE id. A heads-up says when a release comes and how many issues it fixes, and nothing about the issues. */
const IDS = /\b(?:CVE|CWE)-\d+(?:-\d+)?\b/u

/**
 * What must not leave in a text or document of a release: attacks, channels, recipients and other cases anywhere, a
 * person in the description of a CVE record, and a component or an id in a heads-up. The gate `wording` checks what
 * people typed; this also finds what a template brings in.
 */
export function releaseWording(content: ReleaseContent, secret: SecretWords): readonly Disagreement[] {
  const { documents, texts, records } = content
  const components = records.flatMap(({ component }) => component ?? [])
  // Credits name people on purpose, in every text but the description of a CVE record.
  const unnamed: SecretWords = { ...secret, people: [] }
  return [
    ...documents
      .filter(({ format }) => format === 'markdown')
      .flatMap(({ caseNumber, text }) => found(`markdown of ${caseNumber}`, text, unnamed)),
    ...documents
      .filter(({ format }) => format === 'cve')
      .flatMap(({ caseNumber, text }) =>
        descriptionsIn(text).flatMap((description) => found(`cve of ${caseNumber}`, description, secret)),
      ),
    ...texts.flatMap((text) => [...found(text.name, text.text, unnamed), ...ofHeadsUp(text, components)]),
  ]
}

const found = (where: string, text: string, secret: SecretWords): readonly Disagreement[] =>
  wordingFindings(text, secret).map(({ problem, line }) => ({ where, because: `${problem}: ${line}` }))

function descriptionsIn(document: string): readonly string[] {
  const descriptions = valueAt(JSON.parse(document), ['cnaContainer', 'descriptions'])
  return Array.isArray(descriptions) ? descriptions.flatMap((one) => stringsOf(valueAt(one, ['value']))) : []
}

function ofHeadsUp({ name, text }: WrittenText, components: readonly string[]): readonly Disagreement[] {
  if (name !== 'heads-up') return []
  const flat = text.replaceAll(/\s+/gu, ' ').toLowerCase()
  const named = components.filter((component) => flat.includes(component.toLowerCase()))
  const id = IDS.exec(text)?.[0]
  return [...named, ...(id === undefined ? [] : [id])].map((what) => ({
    where: name,
    because: `not in a heads-up: ${what}`,
  }))
}

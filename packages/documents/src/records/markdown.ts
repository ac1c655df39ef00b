import { day, packageKey } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { kindOf, namesOf } from '../texts/advisory-body.ts'
import { exploitation } from '../texts/issue.ts'
import { escaped } from '../texts/own-words.ts'
import { DRAFT_NOTE, missingFacts } from './format.ts'
import type { FormatResult } from './format.ts'
import { REFERENCES } from './references.ts'

/** `Path traversal in Quillmark` */
export function titleOf(record: Pick<CaseRecord, 'cwe' | 'project' | 'withdrawn'>): string {
  const kind = kindOf(record)
  return `${record.withdrawn === undefined ? '' : 'Withdrawn: '}${kind.charAt(0).toUpperCase()}${kind.slice(1)} in ${record.project}`
}

/** The sections of an advisory as GitHub has them. There is no section for facts that nobody stated. */
export function sections(record: CaseRecord): string {
  const patches = fixes(record)
  return [
    section('Withdrawn', record.withdrawn?.reason),
    section('Impact', record.impact),
    section('Patches', patches.length === 0 ? undefined : patches.map((line) => `- ${line}`).join('\n')),
    section('Workarounds', record.workaround),
    section('Exploitation', knownExploitation(record)),
    section(
      'Credits',
      record.credits.length === 0 ? undefined : record.credits.map(({ text }) => `- ${escaped(text)}`).join('\n'),
    ),
    section(
      'References',
      record.references.length === 0
        ? undefined
        : record.references.map(({ kind, url }) => `- ${REFERENCES[kind].name}: <${url}>`).join('\n'),
    ),
  ]
    .filter((text) => text !== undefined)
    .join('\n\n')
}

/**
 * Mentions exploitation only if it is known. “None known” could be wrong by the day on which somebody reads the
 * advisory.
 */
export function knownExploitation(record: Pick<CaseRecord, 'dates'>): string | undefined {
  const { attacks, exploitPublic } = record.dates
  if (attacks === undefined && exploitPublic === undefined) return undefined
  const known = exploitation(record)
  return `${known.charAt(0).toUpperCase()}${known.slice(1)}.`
}

const section = (title: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : `### ${title}\n\n${text.trim()}`

function fixes({ affected, nothingToInstall }: CaseRecord): readonly string[] {
  if (nothingToInstall === true) return ['It is fixed in the hosted service: there is nothing to install.']
  return affected.flatMap(({ branch, package: own, fixedVersion }) =>
    fixedVersion === undefined ? [] : [`${own === undefined ? branch : packageKey(own)}: fixed in ${fixedVersion}`],
  )
}

/** The advisory as a page of Markdown: the title, the facts in a table, and the sections. */
export function markdown(record: CaseRecord): FormatResult<string> {
  const { severity } = record
  const missing = missingFacts([
    { name: 'the impact', source: 'advisory', isKnown: record.impact !== undefined },
    { name: 'a severity', source: 'severity', isKnown: severity !== undefined },
  ])
  if (missing.length > 0) return { ok: false, missing }
  const rows = [
    ['Ids', [namesOf(record), record.ghsa].filter((id) => id !== undefined).join(', ')],
    ['Severity', severity],
    [
      'Vectors',
      [record.cvss.v40, record.cvss.v31].flatMap((one) => (one === undefined ? [] : [one.vector])).join(', '),
    ],
    ['Weakness', record.cwe === undefined ? '' : `CWE-${record.cwe.id}, ${record.cwe.name}`],
    ['Component', record.component ?? ''],
    ...record.affected.map(({ branch, package: own, range }) => [
      'Affected',
      [own === undefined ? branch : `${branch}, ${packageKey(own)}`, range]
        .filter((part) => part !== undefined)
        .join(': '),
    ]),
    ['Published', record.isPublished ? day(record.dates.published) : 'not yet'],
    ['Contact', record.contact],
  ]
  const table = rows.flatMap(([name, value = '']) => (value === '' ? [] : [`| ${name} | ${cell(value)} |`]))
  const draft = record.isPublished ? [] : [`> ${DRAFT_NOTE}`, '']
  return {
    ok: true,
    document: [`# ${titleOf(record)}`, '', ...draft, '| | |', '|---|---|', ...table, '', sections(record), ''].join(
      '\n',
    ),
  }
}

const cell = (text: string): string => text.replaceAll(/\s+/gu, ' ').replaceAll('|', String.raw`\|`)

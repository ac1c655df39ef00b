import { fillTemplate, layout, oneLine } from '@embargo/core'
import type { TemplateFields } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { highest } from '../severity.ts'
import type { Severity } from '../severity.ts'
import { fixedVersions, kindOf } from './advisory-body.ts'
import { affectedLines, exploitation, fixLines, linksOf, timeline, timelineLines, vectorLines } from './issue.ts'
import { issues, listed } from './text.ts'

/** Escapes text that does not come from the team, so that Markdown does not interpret it. */
export const escaped = (text: string): string => oneLine(text).replaceAll(/[\\`*_{}[\]<>()#+!|@~-]/gu, String.raw`\$&`)

/** Puts the link that a line begins with in angle brackets, as Markdown needs it. Words after the link stay as they are. */
export const linked = (line: string): string => line.replace(/^https:\/\/\S+/u, '<$&>')

/**
 * The form in which a template is filled. In a mail, long lines are wrapped. In Markdown, text that does not come from
 * the team is escaped, and each link of the field `links` is put in angle brackets.
 */
export type TextForm = 'mail' | 'markdown'

/** A project's own template for a text about a release, and the values that fill it. */
export type OwnWords = {
  readonly template: string
  readonly form: TextForm
  readonly fields: TemplateFields
  readonly issues: readonly TemplateFields[]
}

/** Fills a project's own template. */
export const inOwnWords = ({ template, form, ...values }: OwnWords): string =>
  fillTemplate(template, values, { columns: form === 'mail' })

/** The fields of a text about a release. */
export function releaseFields(release: {
  readonly project: string
  readonly contact: string
  readonly versions: readonly string[]
  readonly count: number | undefined
  readonly highest: Severity | undefined
}): TemplateFields {
  const { project, contact, versions, count } = release
  return {
    project: [project],
    contact: [contact],
    versions: versions.length === 0 ? [] : [listed(versions)],
    count: count === undefined ? [] : [issues(count)],
    severity: release.highest === undefined ? [] : [release.highest],
  }
}

/** The fields of a text about published vulnerabilities. */
export const publicFields = (
  {
    project,
    contact,
    records,
  }: { readonly project: string; readonly contact: string; readonly records: readonly PublicRecord[] },
  written: {
    readonly about: string | undefined
    readonly summary: readonly string[]
    readonly sections: string
    readonly form: TextForm
  },
): TemplateFields => ({
  ...releaseFields({
    project,
    contact,
    versions: fixedVersions(records),
    count: records.length,
    highest: highest(records.map(({ severity }) => severity)),
  }),
  about: written.about === undefined ? [] : [written.about],
  summary: written.form === 'mail' ? layout(written.summary) : written.summary.join('\n\n'),
  issues: written.sections,
})

/**
 * What people wrote about a vulnerability. A text of several lines keeps its line breaks. Empty if nobody wrote
 * anything.
 */
export function statement(text: string | undefined): TemplateFields[string] {
  if (text === undefined) return []
  return text.includes('\n') ? text.trim() : [text]
}

type IssueRecord = Omit<PublicRecord, 'dates'> & { readonly dates: PublicRecord['dates'] | undefined }

/** The fields of one vulnerability. A fact that nobody stated is empty. */
export function issueFields(record: IssueRecord, form: TextForm): TemplateFields {
  const { caseNumber, cve, severity, impact, workaround, component, credits, dates, references } = record
  const people = credits.map(({ text }) => (form === 'mail' ? text : escaped(text)))
  const links = linksOf({ references })
  return {
    id: [cve ?? caseNumber],
    severity: [severity],
    kind: record.cwe === undefined ? [] : [kindOf(record)],
    impact: form === 'mail' ? [impact] : impact.trim(),
    affected: affectedLines(record),
    fix: fixLines({ ...record, references }),
    workaround: statement(workaround),
    component: [component],
    vector: vectorLines(record),
    exploitation: dates === undefined ? [] : [exploitation({ dates })],
    credit: people,
    timeline: dates === undefined ? [] : form === 'mail' ? timelineLines({ dates }) : [timeline({ dates })],
    links: form === 'mail' ? links : links.map(linked),
  }
}

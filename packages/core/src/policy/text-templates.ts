import { fieldsByPlace, fillTemplate, templateMistakes } from '../text/template.ts'
import type { TemplateFields, TemplateMistake } from '../text/template.ts'
import { byName } from '../shared/by-name.ts'

const RELEASE = ['project', 'contact', 'versions', 'count', 'severity'] as const
const PUBLIC = [...RELEASE, 'about', 'summary', 'issues'] as const
const ISSUE = ['id', 'severity', 'kind', 'impact', 'affected', 'fix', 'workaround', 'component', 'vector'] as const
const PUBLIC_ISSUE = [...ISSUE, 'exploitation', 'credit', 'timeline', 'links'] as const
/** The fields of a text about one vulnerability. */
const ONE_ISSUE = ['project', 'contact', 'id', 'severity'] as const
const PUBLIC_NEEDS = { needs: ['contact'], issueNeeds: ['id', 'impact', 'affected', 'fix', 'credit'] } as const

/**
 * The texts about a vulnerability that a project may write in its own words. Each lists the fields that it may contain
 * and those that it must contain. `{{issues}}` inserts our own sections about all vulnerabilities.
 */
const TEXTS = {
  announcement: { ending: 'txt', fields: PUBLIC, issueFields: PUBLIC_ISSUE, ...PUBLIC_NEEDS },
  'oss-security': { ending: 'txt', fields: PUBLIC, issueFields: PUBLIC_ISSUE, ...PUBLIC_NEEDS },
  'blog-post': { ending: 'md', fields: PUBLIC, issueFields: PUBLIC_ISSUE, ...PUBLIC_NEEDS },
  'release-notes': {
    ending: 'md',
    fields: PUBLIC,
    issueFields: PUBLIC_ISSUE,
    needs: [],
    issueNeeds: ['id', 'impact', 'credit'],
  },
  'heads-up': {
    ending: 'txt',
    fields: [...RELEASE, 'releaseAt'],
    issueFields: [],
    needs: ['releaseAt', 'count', 'severity', 'contact'],
    issueNeeds: [],
  },
  prenotification: {
    ending: 'txt',
    fields: [...RELEASE, 'summary', 'issues', 'releaseAt', 'tlp', 'terms'],
    issueFields: [...ISSUE, 'patches'],
    needs: ['releaseAt', 'tlp', 'terms', 'contact'],
    issueNeeds: ['id', 'impact', 'affected', 'fix', 'patches'],
  },
  'heads-up-corrected': {
    ending: 'txt',
    fields: [...RELEASE, 'was', 'releaseAt', 'changes'],
    issueFields: [],
    needs: ['changes', 'contact'],
    issueNeeds: [],
  },
  interim: {
    ending: 'txt',
    fields: [...ONE_ISSUE, 'why', 'impact', 'component', 'affected', 'workaround', 'fix'],
    issueFields: [],
    needs: ['id', 'why', 'impact', 'affected', 'workaround', 'fix', 'contact'],
    issueNeeds: [],
  },
  correction: {
    ending: 'txt',
    fields: [...ONE_ISSUE, 'what', 'revision', 'reason', 'changes', 'links'],
    issueFields: [],
    needs: ['id', 'reason', 'changes', 'contact'],
    issueNeeds: [],
  },
  withdrawal: {
    ending: 'txt',
    fields: [...ONE_ISSUE, 'reason', 'links'],
    issueFields: [],
    needs: ['id', 'reason', 'contact'],
    issueNeeds: [],
  },
} as const

export type TextName = keyof typeof TEXTS

/** A text that a project may write in its own words. */
export type TextTemplate = {
  readonly file: string
  readonly fields: readonly string[]
  /** The fields of each vulnerability, between `{{#issue}}` and `{{/issue}}`. */
  readonly issueFields: readonly string[]
  readonly needs: readonly string[]
  readonly issueNeeds: readonly string[]
}

export const TEXT_NAMES = [
  'announcement',
  'oss-security',
  'heads-up',
  'prenotification',
  'blog-post',
  'release-notes',
  'heads-up-corrected',
  'interim',
  'correction',
  'withdrawal',
] as const satisfies readonly TextName[]

export const TEXT_TEMPLATES = byName<TextName, TextTemplate>(TEXT_NAMES, (name) => {
  const { ending, ...text } = TEXTS[name]
  return { file: `${name}.${ending}`, ...text }
})

/** A mistake in a template. If the mistake is that something is missing, it has no position. */
export type TextMistake = Omit<TemplateMistake, 'offset'> & { readonly offset?: number; readonly isField?: boolean }

/**
 * The mistakes in a project's own text: wrong syntax, unknown fields, and required contents that a filled sample lacks.
 */
export function textMistakes(name: TextName, template: string): readonly TextMistake[] {
  const form = templateMistakes(template)
  if (form.length > 0) return form
  const { fields, issueFields } = TEXT_TEMPLATES[name]
  const unknown = fieldsByPlace(template).flatMap((field): readonly TextMistake[] => {
    if (fields.includes(field.name) || (field.isOfIssue && issueFields.includes(field.name))) return []
    const found = `{{${field.name.slice(0, 40)}}}`
    const because = issueFields.includes(field.name)
      ? 'This field is about one vulnerability, so it must be between {{#issue}} and {{/issue}}.'
      : `The text ${name} has no such field.`
    return [{ offset: field.offset, found, because, isField: true }]
  })
  return unknown.length > 0 ? unknown : missingFields(name, template)
}

const SAMPLE_ISSUES = ['first', 'second'] as const

/** Fills the template with two sample vulnerabilities, and reports the required contents that the result lacks. */
function missingFields(name: TextName, template: string): readonly TextMistake[] {
  const { fields, issueFields, needs, issueNeeds } = TEXT_TEMPLATES[name]
  const issues = SAMPLE_ISSUES.map((which) => sampleOf(issueFields, `of-the-${which}-issue`))
  const once = sampleOf(fields, 'of-the-release')
  const whole = issues.flatMap((issue) => Object.values(issue).flat())
  const text = fillTemplate(
    template,
    { fields: { ...once, ...(fields.includes('issues') && { issues: whole }) }, issues },
    { columns: false },
  )
  const isIn = (values: TemplateFields, field: string): boolean =>
    [values[field] ?? []].flat().every((value) => text.includes(value))
  const [lacking, lackingOfIssue] = [
    needs.filter((field) => !isIn(once, field)),
    issueNeeds.filter((field) => !issues.every((issue) => isIn(issue, field))),
  ]
  return [
    ...lacking.map((field) => ({ because: `The text ${name} must contain {{${field}}}, and does not.` })),
    ...lackingOfIssue.map((field) => ({
      because: `The text ${name} must contain {{${field}}} of every vulnerability: either between {{#issue}} and {{/issue}}, or through {{issues}}.`,
    })),
  ]
}

const sampleOf = (fields: readonly string[], of: string): TemplateFields =>
  Object.fromEntries(fields.map((field) => [field, [`<${field}-${of}>`]]))

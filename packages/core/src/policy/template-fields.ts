/**
 * What a letter of one's own may say, by name: `{{case}}` in a template. Nothing here is a person's data, a report's
 * words, or a detail of a vulnerability; letters that carry those are written by Embargo alone.
 */
const ALWAYS = ['case', 'project', 'contact'] as const

export const TEMPLATE_FIELDS = {
  receipt: [...ALWAYS, 'answerBy', 'embargoEnd'],
  acknowledgment: [...ALWAYS, 'nextWordBy', 'embargoEnd'],
  outcome: [...ALWAYS, 'disposition', 'severity', 'reason', 'nextWordBy', 'embargoEnd'],
  remediation: [...ALWAYS, 'branches', 'fixBy', 'embargoEnd'],
  'verification-request': [...ALWAYS, 'branch', 'sha256', 'answerBy', 'releaseAt'],
  'embargo-lifted': [...ALWAYS, 'versions', 'endedAt'],
  thanks: [...ALWAYS, 'versions'],
  'no-payment': [...ALWAYS, 'embargoEnd'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** The letters that may be written in one's own words. */
export type TemplateName = keyof typeof TEMPLATE_FIELDS
export type TemplateField<N extends TemplateName = TemplateName> = (typeof TEMPLATE_FIELDS)[N][number]

export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(TEMPLATE_FIELDS, name)

export const TEMPLATE_NAMES: readonly TemplateName[] = Object.keys(TEMPLATE_FIELDS).filter(isTemplateName)

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The fields that a template names, in their order, each with the place where it stands. */
export const fieldsNamed = (template: string): readonly { readonly name: string; readonly offset: number }[] =>
  [...template.matchAll(PLACEHOLDER)].map((found) => ({ name: found[1] ?? '', offset: found.index }))

/** The template with its fields filled. A field without a value leaves nothing behind. */
export const filled = (template: string, fields: Readonly<Partial<Record<string, string>>>): string =>
  template.replaceAll(PLACEHOLDER, (_whole, name: string) => (Object.hasOwn(fields, name) ? (fields[name] ?? '') : ''))

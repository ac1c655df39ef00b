/**
 * What a letter of one's own may say, by name: `{{case}}` in a template. Nothing here is a person's data, a report's
 * words, or a detail of a vulnerability; letters that carry those are written by Embargo alone, as are all that the
 * public reads.
 */
const ALWAYS = ['case', 'project', 'contact'] as const

export const TEMPLATE_FIELDS = {
  receipt: [...ALWAYS, 'answerBy', 'embargoEnd'],
  acknowledgment: [...ALWAYS, 'nextWordBy', 'embargoEnd'],
  outcome: [...ALWAYS, 'disposition', 'severity', 'reason', 'nextWordBy', 'embargoEnd'],
  remediation: [...ALWAYS, 'branches', 'fixBy', 'embargoEnd'],
  'verification-request': [...ALWAYS, 'branch', 'sha256', 'answerBy', 'releaseAt'],
  'verification-nudge': [...ALWAYS, 'branch', 'sha256', 'askedAt', 'answerBy'],
  question: [...ALWAYS, 'question', 'askedAt', 'answerBy'],
  lapsed: [...ALWAYS, 'askedAt'],
  update: [...ALWAYS, 'progress', 'severity', 'reason', 'releaseAt', 'nextWordBy', 'embargoEnd'],
  duplicate: [...ALWAYS, 'nextWordBy', 'embargoEnd'],
  split: [...ALWAYS, 'nextWordBy', 'embargoEnd'],
  slipped: [...ALWAYS, 'was', 'newDate', 'reason', 'embargoEnd'],
  'recipient-slipped': [...ALWAYS, 'cases', 'was', 'newDate', 'reason'],
  closed: [...ALWAYS, 'reason'],
  'recipient-closed': [...ALWAYS, 'reason'],
  'embargo-proposal': [...ALWAYS, 'proposedEnd', 'reason', 'answerBy', 'embargoEnd'],
  'embargo-settled': [...ALWAYS, 'settled', 'reason', 'embargoEnd'],
  'embargo-expired': [...ALWAYS, 'endedAt', 'progress', 'releaseAt', 'nextWordBy'],
  'recipient-expired': [...ALWAYS, 'endedAt', 'releaseAt'],
  'secrecy-failed': [...ALWAYS, 'what', 'endedAt', 'link'],
  'secrecy-corrected': [...ALWAYS, 'what', 'endedAt', 'releaseAt'],
  'leak-notice': [...ALWAYS, 'embargoEnd'],
  'leak-corrected': [...ALWAYS, 'embargoEnd', 'releaseAt'],
  'embargo-lifted': [...ALWAYS, 'versions', 'endedAt'],
  thanks: [...ALWAYS, 'versions'],
  'no-payment': [...ALWAYS, 'embargoEnd'],
  'address-changed': [...ALWAYS],
  invitation: [...ALWAYS, 'by', 'role', 'embargoEnd'],
  escalation: [...ALWAYS, 'what', 'due'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** What a letter is about: without it nobody could answer. */
export const NEEDED_FIELDS: { readonly [N in keyof typeof TEMPLATE_FIELDS]?: (typeof TEMPLATE_FIELDS)[N][number] } = {
  question: 'question',
  'embargo-proposal': 'proposedEnd',
  slipped: 'was',
  'recipient-slipped': 'was',
  'recipient-closed': 'reason',
  escalation: 'what',
}

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

/** The field that a template must name and does not. */
export function fieldMissing(name: TemplateName, template: string): string | undefined {
  const needed = NEEDED_FIELDS[name]
  return needed === undefined || fieldsNamed(template).some((field) => field.name === needed) ? undefined : needed
}

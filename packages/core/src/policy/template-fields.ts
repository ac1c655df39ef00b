import { byName } from '../shared/by-name.ts'
import { fieldsNamed } from '../text/template.ts'
import { LETTER_FIELDS } from '../vocabulary/letter.ts'

/** The fields that every template may use, written like `{{case}}`. */
const ALWAYS = ['case', 'project', 'contact'] as const

/** The additional fields of each letter. `no-payment` is not a letter but a text that a person sends as a reply. */
const OWN_FIELDS = { ...LETTER_FIELDS, 'no-payment': ['embargoEnd'] } as const

type OwnFields = typeof OWN_FIELDS

/** The letters that a project may write in its own words. */
export type TemplateName = { [N in keyof OwnFields]: OwnFields[N] extends undefined ? never : N }[keyof OwnFields]
export type TemplateField<N extends TemplateName = TemplateName> = (typeof ALWAYS)[number] | OwnFields[N][number]

/** Fields that a letter must contain, because nobody could answer it without them. */
export const NEEDED_FIELDS: { readonly [N in TemplateName]?: TemplateField<N> } = {
  question: 'question',
  'embargo-proposal': 'proposedEnd',
  slipped: 'was',
  'recipient-slipped': 'was',
  'recipient-closed': 'reason',
  escalation: 'what',
}

const FIELDS: ReadonlyMap<string, readonly string[] | undefined> = new Map(Object.entries(OWN_FIELDS))

export const isTemplateName = (name: string): name is TemplateName => FIELDS.get(name) !== undefined

export const TEMPLATE_NAMES: readonly TemplateName[] = [...FIELDS.keys()].filter(isTemplateName)

export const TEMPLATE_FIELDS = byName<TemplateName, readonly string[]>(TEMPLATE_NAMES, (name) => [
  ...ALWAYS,
  ...OWN_FIELDS[name],
])

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The template with its fields filled in. A field without a value is removed. */
export const filled = (template: string, fields: Readonly<Partial<Record<string, string>>>): string =>
  template.replaceAll(PLACEHOLDER, (_whole, name: string) => (Object.hasOwn(fields, name) ? (fields[name] ?? '') : ''))

/** The field that a letter must contain and that this template does not use, if there is one. */
export function fieldMissing(name: TemplateName, template: string): string | undefined {
  const needed = NEEDED_FIELDS[name]
  return needed === undefined || fieldsNamed(template).some((field) => field.name === needed) ? undefined : needed
}

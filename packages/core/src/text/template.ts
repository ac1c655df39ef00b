import { COLUMNS, labelled, wrap } from './layout.ts'

/** A value in a template: the lines of a field, or a block that is already laid out. Empty if the fact is unknown. */
export type TemplateValue = readonly string[] | string
export type TemplateFields = Readonly<Record<string, TemplateValue>>

/**
 * The values that fill a template. The lines between `{{#issue}}` and `{{/issue}}` are repeated for each vulnerability.
 */
export type TemplateValues = { readonly fields: TemplateFields; readonly issues: readonly TemplateFields[] }

export type TemplateMistake = { readonly offset: number; readonly found?: string; readonly because: string }

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/gu
const BEGIN = '#issue'
const END = '/issue'

/**
 * The maximum number of fields in a template, so that one file cannot fill the memory. A real text has a few dozen
 * fields.
 */
export const MOST_TEMPLATE_FIELDS = 100

type NamedField = { readonly name: string; readonly offset: number; readonly length: number }

/** The fields that a template uses, in order, each with its position. */
export const fieldsNamed = (template: string): readonly NamedField[] =>
  [...template.matchAll(FIELD)].map((found) => ({
    name: found[1] ?? '',
    offset: found.index,
    length: found[0].length,
  }))

type Line = { readonly text: string; readonly offset: number }
type Part = { readonly is: 'once' | 'issue'; readonly lines: readonly Line[] }

/** The mistakes in a template's braces and blocks. The names of its fields are not checked here. */
export function templateMistakes(template: string): readonly TemplateMistake[] {
  const named = fieldsNamed(template)
  const tooMany = named.at(MOST_TEMPLATE_FIELDS)
  if (tooMany !== undefined)
    return [{ offset: tooMany.offset, because: `A text has at most ${MOST_TEMPLATE_FIELDS} fields.` }]
  const rest = template.replaceAll(FIELD, (field) => ' '.repeat(field.length))
  const open = ['{{', '}}'].map((mark) => rest.indexOf(mark)).filter((offset) => offset >= 0)
  return [
    ...open.map((offset) => ({
      offset,
      found: template.slice(offset, offset + 20),
      because: 'These braces enclose no field: a field is written as {{name}}.',
    })),
    ...markMistakes(template, named),
  ]
}

function markMistakes(template: string, named: readonly NamedField[]): readonly TemplateMistake[] {
  const marks = named.filter(({ name }) => name.startsWith('#') || name.startsWith('/'))
  const mistakes: TemplateMistake[] = []
  let begun: NamedField | undefined
  for (const mark of marks) {
    const found = `{{${mark.name.slice(0, 40)}}}`
    const wrong = (because: string) => mistakes.push({ offset: mark.offset, found, because })
    if (mark.name !== BEGIN && mark.name !== END) wrong(`Only {{${BEGIN}}} and {{${END}}} may begin with # or /.`)
    else if (!isAlone(template, mark)) wrong('It must be alone on its line.')
    else if (mark.name === BEGIN && begun !== undefined) wrong(`A {{${END}}} is missing before it.`)
    else if (mark.name === END && begun === undefined) wrong(`A {{${BEGIN}}} is missing before it.`)
    else begun = mark.name === BEGIN ? mark : undefined
  }
  if (begun !== undefined) mistakes.push({ offset: begun.offset, because: `Its {{${END}}} is missing.` })
  return mistakes
}

function isAlone(template: string, { offset, length }: NamedField): boolean {
  const before = template.lastIndexOf('\n', offset - 1) + 1
  const after = template.indexOf('\n', offset)
  const line = template.slice(offset === 0 ? 0 : before, after < 0 ? template.length : after)
  return line.trim().length === length
}

/** The fields of a template. `isOfIssue`: the field is in a block that is repeated for every vulnerability. */
export const fieldsByPlace = (template: string): readonly (NamedField & { readonly isOfIssue: boolean })[] =>
  partsOf(template).flatMap(({ is, lines }) =>
    lines.flatMap(({ text, offset }) =>
      fieldsNamed(text).map((field) => ({ ...field, offset: offset + field.offset, isOfIssue: is === 'issue' })),
    ),
  )

function partsOf(template: string): readonly Part[] {
  const parts: { is: Part['is']; lines: Line[] }[] = [{ is: 'once', lines: [] }]
  let offset = 0
  for (const text of template.split('\n')) {
    const name = fieldsNamed(text)[0]?.name
    if (name === BEGIN || name === END) parts.push({ is: name === BEGIN ? 'issue' : 'once', lines: [] })
    else parts.at(-1)?.lines.push({ text: text.replace(/\r$/u, ''), offset })
    offset += text.length + 1
  }
  return parts
}

/**
 * The template with its fields filled in. A line whose fields are all empty is left out. Values are never read as
 * templates. `columns`: whether long lines are wrapped. Mails need this, Markdown does not.
 */
export function fillTemplate(template: string, { fields, issues }: TemplateValues, form: { columns: boolean }): string {
  const write = (lines: readonly Line[], values: TemplateFields): readonly string[] =>
    lines.flatMap(({ text }) => fillLine(text, values, form.columns) ?? [])
  const written = partsOf(template).flatMap(({ is, lines }) =>
    is === 'once' ? write(lines, fields) : issues.flatMap((issue) => write(lines, { ...fields, ...issue })),
  )
  return `${written
    .join('\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()}\n`
}

function fillLine(line: string, values: TemplateFields, columns: boolean): string | undefined {
  const named = fieldsNamed(line)
  const [only, ...others] = named
  if (only === undefined) return fitted(line, columns)
  if (named.every(({ name }) => valueOf(values, name).length === 0)) return undefined
  const value = valueOf(values, only.name)
  const before = line.slice(0, only.offset)
  const isLast = others.length === 0 && line.slice(only.offset + only.length).trim() === ''
  if (isLast && typeof value === 'string' && before.trim() === '') return value
  if (isLast && typeof value !== 'string')
    return columns ? labelled(before, value) : value.map((one) => `${before}${one}`).join('\n')
  const filled = line.replaceAll(FIELD, (_whole, name: string) => {
    const one = valueOf(values, name)
    return typeof one === 'string' ? one : one.join(', ')
  })
  return fitted(filled, columns)
}

const valueOf = (values: TemplateFields, name: string): TemplateValue =>
  Object.hasOwn(values, name) ? (values[name] ?? []) : []

/**
 * Breaks the line if it is too long and `columns` is set. Otherwise returns the line unchanged, with all its spaces.
 */
function fitted(line: string, columns: boolean): string {
  if (!columns || [...line].length <= COLUMNS) return line
  const margin = /^\s*/u.exec(line)?.[0] ?? ''
  return wrap(line, { first: margin, rest: margin })
}

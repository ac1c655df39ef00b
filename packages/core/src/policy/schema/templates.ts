import { z } from 'zod'
import { byName } from '../../shared/by-name.ts'
import { fieldMissing, fieldsNamed, TEMPLATE_FIELDS, TEMPLATE_NAMES } from '../template-fields.ts'
import type { TemplateName } from '../template-fields.ts'

/** A letter is a page or two. A larger file is the wrong one. */
const LONGEST_TEMPLATE = 20_000

function templateOf(name: TemplateName) {
  const fields: readonly string[] = TEMPLATE_FIELDS[name]
  return z
    .string()
    .min(1)
    .max(LONGEST_TEMPLATE)
    .superRefine((text, context) => {
      for (const { name: named } of fieldsNamed(text)) {
        if (fields.includes(named)) continue
        context.addIssue({
          code: 'custom',
          message: `this letter has no field {{${named.slice(0, 40)}}}. Its fields are ${fields.join(', ')}`,
          params: { wants: 'template-field', field: named, fields },
        })
      }
      const missing = fieldMissing(name, text)
      if (missing !== undefined)
        context.addIssue({
          code: 'custom',
          message: `this letter must say {{${missing}}}: it is what the letter is about`,
        })
    })
    .describe(`Fields: ${fields.map((field) => `\`{{${field}}}\``).join(', ')}.`)
}

/** Letters in the project's own words: the text between the subject and the signature, which Embargo writes. */
export const Templates = z.strictObject(byName(TEMPLATE_NAMES, (name) => templateOf(name).optional()))

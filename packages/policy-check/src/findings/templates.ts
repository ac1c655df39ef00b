import { fieldsNamed, isTemplateName, TEMPLATE_FIELDS } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** Letters in a project's own words with a field that nothing fills: the reader would find a gap. */
export const templates: StaticCheck = (policy) => [
  ...ofOne('templates', policy.templates),
  ...policy.projects.flatMap((project) => ofOne(`the templates of ${project.name}`, project.policy?.templates ?? {})),
]

const ofOne = (where: string, texts: Policy['templates']): readonly PolicyFinding[] =>
  Object.entries(texts).flatMap(([letter, text]) => {
    const fields: readonly string[] = isTemplateName(letter) ? TEMPLATE_FIELDS[letter] : []
    const unknown = fieldsNamed(text ?? '').filter(({ name }) => !fields.includes(name))
    return unknown.map(({ name }) => ({
      rule: 'unknown-template-field' as const,
      what: `The letter ${letter} in ${where} names a field {{${name.slice(0, 40)}}} that it has not.`,
      why: 'Nothing fills it, so its reader finds a gap.',
      instead: `Use one of ${fields.join(', ')}.`,
    }))
  })

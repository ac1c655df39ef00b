import { fieldMissing, fieldsNamed, isTree, TEMPLATE_FIELDS, TEMPLATE_NAMES } from '@embargo/core'
import type { TemplateName } from '@embargo/core'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { PolicyFiles } from './policy-files.ts'
import type { PolicyText } from './policy-text.ts'

/** Adds the texts of the folder `templatesFrom` to the policy as defaults of `templates`. */
export function withTemplateFolder(
  policy: unknown,
  files: PolicyFiles,
  text: PolicyText,
): { readonly policy: unknown; readonly problems: readonly Problem[] } {
  if (!isTree(policy) || typeof policy['templatesFrom'] !== 'string') return { policy, problems: [] }
  const folder = policy['templatesFrom']
  const read = TEMPLATE_NAMES.flatMap((name) => {
    const file = files.read(`${folder}/${name}.txt`)
    return file === undefined
      ? []
      : [{ name, ...file, problems: [...unknownFields(name, file), ...missingField(name, file)] }]
  })
  if (read.length === 0) {
    const at = text.place(['templatesFrom'])
    const because = 'There is no letter in this folder.'
    const instead = `Put one there, named ${TEMPLATE_NAMES.map((name) => `${name}.txt`).join(', ')}; or take this out.`
    return { policy, problems: [{ at, found: folder, because, instead }] }
  }
  const written = isTree(policy['templates']) ? policy['templates'] : {}
  const good = read.filter((one) => one.problems.length === 0).map((one) => [one.name, one.text] as const)
  return {
    policy: { ...policy, templates: { ...Object.fromEntries(good), ...written } },
    problems: read.flatMap((one) => one.problems),
  }
}

function missingField(letter: TemplateName, { path, text }: { readonly path: string; readonly text: string }) {
  const missing = fieldMissing(letter, text)
  if (missing === undefined) return []
  const because = `The letter ${letter} does not say {{${missing}}}, and that is what it is about.`
  return [{ at: { is: 'file', path, line: 1, column: 1 }, because, instead: `Name {{${missing}}} in it.` } as const]
}

// Reported at their position in the letter's own file, which the schema cannot know.
function unknownFields(
  letter: TemplateName,
  { path, text }: { readonly path: string; readonly text: string },
): readonly Problem[] {
  const known: readonly string[] = TEMPLATE_FIELDS[letter]
  return fieldsNamed(text)
    .filter(({ name }) => !known.includes(name))
    .map(({ name, offset }) => {
      const above = text.slice(0, offset).split('\n')
      const meant = nearest(name, known)
      const all = `Its fields are ${known.join(', ')}.`
      return {
        at: { is: 'file', path, line: above.length, column: (above.at(-1)?.length ?? 0) + 1 },
        found: `{{${name.slice(0, 40)}}}`,
        because: `The letter ${letter} has no such field.`,
        instead: meant === undefined ? all : `Did you mean {{${meant}}}? ${all}`,
      }
    })
}

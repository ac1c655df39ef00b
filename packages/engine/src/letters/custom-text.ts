import { filled, isTemplateName } from '@embargo/core'
import type { LetterName, TemplateName } from '@embargo/core'
import { inOwnWords } from '@embargo/letters'
import type { Letter } from '@embargo/letters'
import { base } from './parts.ts'
import type { LetterMaterial } from './material.ts'
import { templateFields } from './template-fields.ts'

/** The letter, or the project's own text of it where the policy has one. */
export async function withCustomText(name: LetterName, written: Letter, material: LetterMaterial): Promise<Letter> {
  const text = isTemplateName(name) ? await customText(name, material) : undefined
  return text === undefined ? written : inOwnWords(written, signature(material), text)
}

/** The project's own words for this, with their fields filled; nothing where the policy has none. */
export async function customText(name: TemplateName, material: LetterMaterial): Promise<string | undefined> {
  const template = material.policy.templates[name]
  return template === undefined ? undefined : filled(template, await templateFields(name, material))
}

/** The team signs what goes to one of its own: whoever looks after the case may be the one who is written to. */
const signature = (material: LetterMaterial) =>
  material.to.kind === 'person'
    ? { ...base(material), from: { kind: 'team', address: material.project.address } as const }
    : base(material)

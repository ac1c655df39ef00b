import { filled, isTemplateName } from '@embargo/core'
import type { LetterName, TemplateField, TemplateName } from '@embargo/core'
import { base } from './base.ts'
import { withCustomText } from './custom-text.ts'
import type { Letter, LetterBase } from './letter.ts'
import type { LetterMaterial, StoredContent, StoredRefs } from './material.ts'

/**
 * For a letter whose text a policy can replace with a template: the values of the template's fields. A field without a
 * value is the empty text.
 */
type Template<N extends LetterName> = N extends TemplateName
  ? {
      readonly templateFields: (
        material: LetterMaterial,
        content: StoredContent,
      ) => Readonly<Record<TemplateField<N>, string>>
    }
  : { readonly templateFields?: undefined }

/**
 * Events after which a letter that had to wait is no longer sent:
 *
 * - `publication`: the publication began, and the letter announces work that was still to come;
 * - `closing`: the case was closed, and the letter asks for something that a closed case does not need;
 * - `last-word`: another letter has ended the case, and this letter promises work;
 * - `merge`: the case that the letter names was merged into another case;
 * - `spam`: the report was found to be spam;
 * - `new-date`: the planned date that the letter names was moved again.
 */
export type Milestone = 'publication' | 'closing' | 'last-word' | 'merge' | 'spam' | 'new-date'

type Common<N extends LetterName> = {
  readonly name: N
  /** The letter's name in a sentence, after “the”. */
  readonly label: string
  readonly obsoleteAfter?: readonly Milestone[]
  /** The stored content that the letter needs; absent if the case is enough. */
  readonly needs?: (material: LetterMaterial) => StoredRefs
}

type Writer = {
  /** The letter, in the project's own words if its policy has them. @throws CannotWrite, NothingToSay */
  readonly write: (material: LetterMaterial, content: StoredContent) => Letter
}

/** The definition of one letter. */
export type LetterDefinition<N extends LetterName> = Common<N> & Template<N> & Writer

type Declaration<N extends LetterName, F> = Common<N> &
  Template<N> & {
    /** The facts for the text. @throws CannotWrite, NothingToSay */
    readonly facts: (material: LetterMaterial, content: StoredContent) => F
    readonly words: (facts: F) => Letter
  }

/** Declares one letter: how its facts are taken from the case, and how its text is written. */
export function defineLetter<N extends LetterName, F>(declaration: Declaration<N, F>): Declaration<N, F> & Writer {
  const { name, facts, words, templateFields } = declaration
  const write: Writer['write'] = (material, content) => {
    const written = words(facts(material, content))
    const template = templateOf(name, material)
    if (template === undefined || templateFields === undefined) return written
    return withCustomText(written, signer(material), filled(template, templateFields(material, content)))
  }
  return Object.assign({ write }, declaration)
}

const templateOf = (name: LetterName, { policy, readable }: LetterMaterial): string | undefined => {
  // If `readable` is set, the letter is an unencrypted answer to an encrypted mail, and must not say that the mail was
  // a report. A team's own text may say so, and is therefore not used.
  if ((name === 'receipt' || name === 'resend') && readable === true) return undefined
  return isTemplateName(name) ? policy.templates[name] : undefined
}

/**
 * Letters to the team's own people are signed by the team, because the reader may be the person who handles the case.
 */
const signer = (material: LetterMaterial): LetterBase =>
  material.to.kind === 'person'
    ? { ...base(material), from: { kind: 'team', address: material.project.address } }
    : base(material)

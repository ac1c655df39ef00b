import { z } from 'zod'
import type { Choice, FieldKind } from './types.ts'

/** What people see of an option, and how the text parser may fill it. The schema itself says which values it takes. */
export type About = {
  readonly label: string
  readonly hint?: string
  readonly kind?: FieldKind
  /** Labels for an enumeration's values; without them a value is its own label. */
  readonly labels?: Readonly<Record<string, string>>
  /** `rest`: everything that is left, as it was typed. `words`: as many words as fit. `named`: only as `--name value`. */
  readonly takes?: 'word' | 'words' | 'rest' | 'named'
  /** An optional branch is taken only where the case has one of that name: anything else is the beginning of a note. */
  readonly branch?: boolean
  /** Only in its own small letters: a sentence that begins with the word is not the word. */
  readonly exact?: boolean
  /** Carried by buttons and forms, never typed and never shown. */
  readonly hidden?: boolean
  /** When a button brings it, a form keeps it and does not show it. */
  readonly carried?: boolean
  /** Shown in usage, in place of the name. */
  readonly shownAs?: string
  /** May be left out only where a button brings something in its stead: a form asks for it. */
  readonly wanted?: boolean
}

/** Beside each option's schema, what people read about it: `z.string().register(about, { label: 'Note' })`. */
export const about = z.registry<About>()

/** A command's options by name, in the order in which they are typed. */
export type OptionShape = Readonly<Record<string, z.ZodType>>

/** One option as data: help, manifest, registration, forms and documentation are made from it. */
export type OptionInfo = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly kind: FieldKind
  readonly required: boolean
  readonly takes: 'word' | 'words' | 'rest' | 'named'
  readonly choices?: readonly Choice[]
  readonly branch: boolean
  readonly exact: boolean
  readonly hidden: boolean
  readonly carried: boolean
  readonly shownAs: string
  readonly wanted: boolean
}

export function describeOptions(shape: OptionShape): readonly OptionInfo[] {
  return Object.entries(shape).map(([name, schema]) => describeOption(name, schema))
}

function describeOption(name: string, schema: z.ZodType): OptionInfo {
  const said: About = about.get(schema) ?? { label: name }
  const choices = choicesOf(schema, said.labels ?? {})
  return {
    name,
    label: said.label,
    kind: said.kind ?? (choices === undefined ? 'text' : 'choice'),
    required: !z.object({ option: schema }).safeParse({}).success,
    takes: said.takes ?? 'word',
    branch: said.branch ?? false,
    exact: said.exact ?? false,
    hidden: said.hidden ?? false,
    carried: said.carried ?? false,
    shownAs: said.shownAs ?? kebab(name),
    wanted: said.wanted ?? false,
    ...(said.hint === undefined ? {} : { hint: said.hint }),
    ...(choices === undefined ? {} : { choices }),
  }
}

function choicesOf(schema: z.ZodType, labels: Readonly<Record<string, string>>): readonly Choice[] | undefined {
  const inner = unwrapped(schema)
  if (!(inner instanceof z.ZodEnum)) return undefined
  return inner.options.map((option) => ({ value: String(option), label: labels[String(option)] ?? String(option) }))
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap())
  }
  return schema
}

/** `fixedVersion` is typed as `--fixed-version`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

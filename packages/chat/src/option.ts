import { z } from 'zod'
import type { Suggests } from './suggestion-kind.ts'
import type { Choice, FieldKind } from './types.ts'

/**
 * What people see of an option, and how the text parser may fill it. The option's schema says which values are valid.
 */
export type OptionWords = {
  readonly label: string
  readonly hint?: string
  readonly kind?: FieldKind
  /** Labels for an enumeration's values. A value without a label is shown unchanged. */
  readonly labels?: Readonly<Record<string, string>>
  /**
   * `rest`: all remaining text, unchanged. `words`: as many words as are valid. `time`: a date or a duration
   * (`3 days`); it needs no quotes. `named`: given only as `--name value`.
   */
  readonly takes?: 'word' | 'words' | 'time' | 'rest' | 'named'
  /** For an option that is `named`: its value is everything up to the next option, so several words need no quotes. */
  readonly unquoted?: boolean
  /**
   * For an option that takes `rest`: pasted text, such as a patch, is taken unchanged to its end. Other options must be
   * typed before this option.
   */
  readonly verbatim?: boolean
  /**
   * The option is a branch. If it is optional, a typed word counts as the branch only if the case has a branch of that
   * name. Any other word begins a note.
   */
  readonly branch?: boolean
  /** A value is recognised only in lower case. So the same word with a capital letter can begin a sentence. */
  readonly exact?: boolean
  /**
   * A pattern of words that people mistake for a value. A word that matches is not taken as free text: the caller is
   * asked to correct or quote it.
   */
  readonly mistaken?: string
  /** The option is carried by buttons and forms, never typed and never shown. */
  readonly hidden?: boolean
  /**
   * If a button already carries a value for this option, even an empty one, the form has no field for the option and
   * keeps the value hidden.
   */
  readonly carried?: boolean
  /**
   * The option can be typed, but no form asks for it. This is for options that few people need, because Discord shows
   * only five fields at once.
   */
  readonly unasked?: boolean
  /**
   * The name of a group of options, one of which the caller must give. All options of the group have the same name
   * here. The usage line shows this name in place of the options.
   */
  readonly kindOf?: string
  /** What the usage line shows in place of the option's name. */
  readonly shownAs?: string
  /**
   * A form asks for the option if it is missing. Only a button may omit the option, if the button carries another
   * value instead, such as a reference to a text that was shown.
   */
  readonly wanted?: boolean
  /** What is suggested while somebody types, and offered in a searchable select. */
  readonly suggests?: Suggests
  /**
   * The text of this option may also be attached as a file. Platforms that take files offer a second option for the
   * file.
   */
  readonly orFile?: {
    readonly label: string
    /** The maximum size of the file, in bytes. */
    readonly most: number
    /** The option that gets the file's name, if nobody typed one. */
    readonly nameTo?: string
  }
}

/** What people read about each option, registered with its schema: `z.string().register(about, { label: 'Note' })`. */
export const about = z.registry<OptionWords>()

/** The bounds of a whole number. */
export type NumberRange = { readonly least: number; readonly most: number }

const wholes = z.registry<NumberRange>()

/**
 * A whole number from 1. Its value is text, like that of every option, but a platform with number fields shows a number
 * field.
 */
export const wholeNumber = ({ most, because }: { readonly most: number; readonly because: string }): z.ZodString =>
  z
    .string()
    .regex(/^[1-9]\d*$/, { error: because, abort: true })
    .refine((typed) => Number(typed) <= most, because)
    .register(wholes, { least: 1, most })

/** A command's options by name, in the order in which they are typed. */
export type OptionShape = Readonly<Record<string, z.ZodType>>

/** One option as data. Help, manifest, registration, forms and documentation are made from it. */
export type OptionInfo = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Nobody can type a `file`: the app fetches its bytes at once and passes them in `Invocation.files`. */
  readonly kind: FieldKind
  /** The command needs the option, and nothing else can take its place. */
  readonly required: boolean
  /** The command needs this option. If `orFile` is set, a file may be attached in its place. */
  readonly needed: boolean
  readonly takes: 'word' | 'words' | 'time' | 'rest' | 'named'
  readonly unquoted?: true
  readonly verbatim: boolean
  readonly choices?: readonly Choice[]
  readonly branch: boolean
  readonly exact: boolean
  readonly mistaken?: string
  readonly hidden: boolean
  readonly carried: boolean
  readonly kindOf?: string
  readonly shownAs: string
  readonly wanted: boolean
  readonly unasked?: true
  /** The maximum length of the value, in UTF-16 units. For a file: its maximum size in bytes. */
  readonly most?: number
  /** The bounds of the value, if it is a whole number. */
  readonly whole?: NumberRange
  readonly suggests?: Suggests
  /** The name of the option with which the same text can be attached as a file. */
  readonly orFile?: string
  /** For a file: the option that gets its text, and the option that gets its name. */
  readonly fills?: { readonly text: string; readonly name?: string }
}

export function describeOptions(shape: OptionShape): readonly OptionInfo[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const description: OptionWords = about.get(schema) ?? { label: name }
    const option = describeOption(name, schema, description)
    return description.orFile === undefined ? [option] : [option, fileFor(name, description.orFile)]
  })
}

function describeOption(name: string, schema: z.ZodType, description: OptionWords): OptionInfo {
  const choices = choicesOf(schema, description.labels ?? {})
  const needed = !z.object({ option: schema }).safeParse({}).success
  const most = choices === undefined ? mostOf(schema) : undefined
  const whole = wholeOf(schema)
  return {
    name,
    label: description.label,
    kind: description.kind ?? (choices === undefined ? 'text' : 'choice'),
    required: needed && description.orFile === undefined,
    needed,
    takes: description.takes ?? 'word',
    verbatim: description.verbatim ?? false,
    branch: description.branch ?? false,
    exact: description.exact ?? false,
    hidden: description.hidden ?? false,
    carried: description.carried ?? false,
    shownAs: description.shownAs ?? kebab(name),
    wanted: description.wanted ?? (needed && description.orFile !== undefined),
    ...(description.unasked === true ? { unasked: true } : {}),
    ...(description.unquoted === true ? { unquoted: true } : {}),
    ...(description.kindOf === undefined ? {} : { kindOf: description.kindOf }),
    ...(description.mistaken === undefined ? {} : { mistaken: description.mistaken }),
    ...(description.hint === undefined ? {} : { hint: description.hint }),
    ...(choices === undefined ? {} : { choices }),
    ...(most === undefined ? {} : { most }),
    ...(whole === undefined ? {} : { whole }),
    ...(description.suggests === undefined ? {} : { suggests: description.suggests }),
    ...(description.orFile === undefined ? {} : { orFile: fileName(name) }),
  }
}

const fileName = (name: string): string => `${name}File`

function fileFor(text: string, { label, most, nameTo }: NonNullable<OptionWords['orFile']>): OptionInfo {
  const name = fileName(text)
  return {
    name,
    label,
    kind: 'file',
    required: false,
    needed: false,
    takes: 'named',
    verbatim: false,
    branch: false,
    exact: false,
    hidden: false,
    carried: false,
    shownAs: kebab(name),
    wanted: false,
    most,
    fills: { text, ...(nameTo === undefined ? {} : { name: nameTo }) },
  }
}

/** The values of an option as they are typed, each with its label where the label is different. */
export const choicesInWords = (choices: readonly Choice[] = []): string =>
  choices.map(({ value, label }) => (label === value ? value : `${value} (${label})`)).join(', ')

/** Whether people type this option. Hidden options and files are not typed. */
export const isTyped = (option: OptionInfo): boolean => !option.hidden && option.kind !== 'file'

function choicesOf(schema: z.ZodType, labels: Readonly<Record<string, string>>): readonly Choice[] | undefined {
  const inner = unwrapped(schema)
  if (!(inner instanceof z.ZodEnum)) return undefined
  return inner.options.map((option) => ({ value: String(option), label: labels[String(option)] ?? String(option) }))
}

function wholeOf(schema: z.core.$ZodType): NumberRange | undefined {
  const inner = unwrapped(schema)
  return inner instanceof z.ZodString ? wholes.get(inner) : undefined
}

function mostOf(schema: z.core.$ZodType): number | undefined {
  const inner = unwrapped(schema)
  return inner instanceof z.ZodString || inner instanceof z.ZodStringFormat ? (inner.maxLength ?? undefined) : undefined
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in)
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap())
  }
  return schema
}

/** `fixedVersion` is typed as `--fixed-version`. */
export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

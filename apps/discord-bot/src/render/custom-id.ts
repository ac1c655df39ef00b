import { createHash } from 'node:crypto'
import type { KeyFor } from '@embargo/bot-kit'
import { z } from 'zod'
import { CUSTOM_ID_MAX } from '../limits.ts'

/**
 * The command that a button or form carries. Using the button or form is the same as typing this command. `form`: the
 * button opens the command's form first. `confirm`: the question that is asked before the command runs.
 */
export const CarriedCommand = z.strictObject({
  verb: z
    .string()
    .regex(/^[a-z][a-z.-]*$/)
    .max(64),
  input: z.record(z.string(), z.string()),
  form: z.literal(true).optional(),
  confirm: z.string().optional(),
})
export type CarriedCommand = z.infer<typeof CarriedCommand>

/** The key under which a text is stored. It is computed from the text, so storing the text again gives the same key. */
export const hashKey: KeyFor = (text) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** A custom id of ours: its kind, then the number of the button or of the form's page, then its content or a key. */
const INLINE_ID = /^([bm])(\d{1,2})=(.*)$/s
const KEYED_ID = /^([bm])(\d{1,2})#(.+)$/s

/** A button of the kind `form` opens a page of a form. The custom id of a form also has this kind. */
export type Kind = 'button' | 'form'
const LETTER: Readonly<Record<Kind, string>> = { button: 'b', form: 'm' }

/**
 * The custom id of a button or form. Most commands with their values fit into the 100 characters that Discord allows.
 * For a longer command, the custom id has a key, and the content is stored with the case, because a pinned card
 * outlives the process. Undefined if the content neither fits nor can be stored.
 */
export function customIdOf(
  kind: Kind,
  carried: CarriedCommand,
  options: { readonly index?: number; readonly keyFor: KeyFor },
): string | undefined {
  const head = `${LETTER[kind]}${options.index ?? 0}`
  const whole = `${head}=${carriedText(carried)}`
  if (whole.length <= CUSTOM_ID_MAX) return whole
  const key = options.keyFor(carriedText(carried))
  const kept = key === undefined ? undefined : `${head}#${key}`
  return kept === undefined || kept.length > CUSTOM_ID_MAX ? undefined : kept
}

/**
 * The content as text, if it is too long for a custom id and must be stored. The check assumes that the number before
 * the content has two digits.
 */
export function tooLong(kind: Kind, carried: CarriedCommand): string | undefined {
  const text = carriedText(carried)
  return `${LETTER[kind]}99=${text}`.length > CUSTOM_ID_MAX ? text : undefined
}

export type ReadId = { readonly kind: Kind; readonly index: number } & (
  | { readonly carried: CarriedCommand }
  | { readonly key: string }
)

/** Reads a custom id: its whole content, or the key of stored content. Undefined for a custom id that is not ours. */
export function readCustomId(customId: string): ReadId | undefined {
  const whole = INLINE_ID.exec(customId)
  if (whole !== null) {
    const carried = readCarried(whole[3] ?? '')
    return carried === undefined ? undefined : { kind: kindOf(whole[1]), index: Number(whole[2]), carried }
  }
  const kept = KEYED_ID.exec(customId)
  return kept?.[3] === undefined ? undefined : { kind: kindOf(kept[1]), index: Number(kept[2]), key: kept[3] }
}

const kindOf = (letter: string | undefined): Kind => (letter === 'b' ? 'button' : 'form')

/**
 * The content as short text, so that it fits: `verb?name=value`, or `verb+?name=value` if a form is opened first. The
 * question that is asked before the command comes last, as `&!=question`.
 */
function carriedText({ verb, input, form, confirm }: CarriedCommand): string {
  const values = Object.entries(input).map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`)
  const confirmPart = confirm === undefined ? [] : [`!=${encoded(confirm)}`]
  return `${verb}${form === true ? '+' : ''}?${[...values, ...confirmPart].join('&')}`
}

/** Encodes only the characters that would be misread. */
const encoded = (value: string): string => value.replace(/[%&]/g, (mark) => (mark === '%' ? '%25' : '%26'))

export function readCarried(text: string): CarriedCommand | undefined {
  const [, verb, form, rest = ''] = /^([a-z.-]+)(\+)?\?(.*)$/s.exec(text) ?? []
  const pairs = rest === '' ? [] : rest.split('&').map((pair) => readPair(pair))
  const input = Object.fromEntries(pairs.filter(([name]) => name !== '!'))
  const confirm = pairs.find(([name]) => name === '!')?.[1]
  return CarriedCommand.safeParse({
    verb,
    input,
    ...(form === undefined ? {} : { form: true }),
    ...(confirm === undefined ? {} : { confirm }),
  }).data
}

function readPair(pair: string): readonly [string, string] {
  const cut = pair.indexOf('=')
  const name = pair.slice(0, Math.max(0, cut))
  const value = pair.slice(cut + 1).replace(/%2[56]/g, (mark) => (mark === '%25' ? '%' : '&'))
  try {
    return [decodeURIComponent(name), value]
  } catch {
    return ['', value]
  }
}

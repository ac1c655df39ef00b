import { createHash } from 'node:crypto'
import type { KeyFor } from '@embargo/bot-kit'
import { z } from 'zod'
import { CUSTOM_ID_MAX } from '../limits.ts'

/**
 * What a button or a form carries: pressing it is typing this. `form`: it opens the form first. `confirm`: it asks first.
 */
export const Carried = z.strictObject({
  verb: z
    .string()
    .regex(/^[a-z][a-z-]*$/)
    .max(64),
  input: z.record(z.string(), z.string()),
  form: z.literal(true).optional(),
  confirm: z.string().optional(),
})
export type Carried = z.infer<typeof Carried>

/** In place of a key that somebody keeps: the same text has the same. */
export const hashKey: KeyFor = (text) => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** A custom id of ours: what it is, which of several buttons or which page of a form, and all of it or a key. */
const INLINE_ID = /^([bm])(\d{1,2})=(.*)$/s
const KEYED_ID = /^([bm])(\d{1,2})#(.+)$/s

/** A button of the kind `form` opens a page of a form; as the custom id of a form it says what is sent in. */
export type Kind = 'button' | 'form'
const LETTER: Readonly<Record<Kind, string>> = { button: 'b', form: 'm' }

/**
 * The custom id of a button or form. Discord gives a custom id 100 characters; most of ours fit, as a verb with named
 * values. A longer one is a key, and what it stands for is kept with the case: not in Discord, and not in memory alone,
 * because a pinned card outlives the process. Undefined when it neither fits nor can be kept.
 */
export function customIdOf(
  kind: Kind,
  carried: Carried,
  options: { readonly index?: number; readonly keyFor: KeyFor },
): string | undefined {
  const head = `${LETTER[kind]}${options.index ?? 0}`
  const whole = `${head}=${carriedText(carried)}`
  if (whole.length <= CUSTOM_ID_MAX) return whole
  const key = options.keyFor(carriedText(carried))
  const kept = key === undefined ? undefined : `${head}#${key}`
  return kept === undefined || kept.length > CUSTOM_ID_MAX ? undefined : kept
}

/** Whether it has to be kept, and as what; the index takes the same room in any case. */
export function tooLong(kind: Kind, carried: Carried): string | undefined {
  const text = carriedText(carried)
  return `${LETTER[kind]}99=${text}`.length > CUSTOM_ID_MAX ? text : undefined
}

export type ReadId = { readonly kind: Kind; readonly index: number } & (
  | { readonly carried: Carried }
  | { readonly key: string }
)

/** What a custom id says: everything, or the key of what is kept. Undefined for anything that is not ours. */
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

/** `verb?name=value`, with `+` for a form and `!question` at the end; short, because it must fit. */
function carriedText({ verb, input, form, confirm }: Carried): string {
  const values = Object.entries(input).map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`)
  const asked = confirm === undefined ? [] : [`!=${encoded(confirm)}`]
  return `${verb}${form === true ? '+' : ''}?${[...values, ...asked].join('&')}`
}

/** Only what would be read as something else. */
const encoded = (value: string): string => value.replace(/[%&]/g, (mark) => (mark === '%' ? '%25' : '%26'))

export function readCarried(text: string): Carried | undefined {
  const [, verb, form, rest = ''] = /^([a-z-]+)(\+)?\?(.*)$/s.exec(text) ?? []
  const pairs = rest === '' ? [] : rest.split('&').map((pair) => readPair(pair))
  const input = Object.fromEntries(pairs.filter(([name]) => name !== '!'))
  const confirm = pairs.find(([name]) => name === '!')?.[1]
  return Carried.safeParse({
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

import { DAY, HOUR, isoInstant, later, nextReleaseInstants } from '@embargo/core'
import type { Instant, PersonRequest } from '@embargo/core'
import type { FormField, PersonActor, Place } from '../../packages/chat/src/index.ts'
import type { SmallHouse } from '../../packages/chat/test/fixtures/small-house.ts'
import { PATCH } from '../../packages/chat/test/fixtures/until-ready.ts'

export type Values = Readonly<Record<string, string>>

export type FormQuestion = {
  readonly house: SmallHouse
  readonly verb: string
  readonly actor: PersonActor
  readonly place: Place
  readonly case: PersonRequest['case']
  /** The values that the button carries. */
  readonly given: Values
  /** The text that the person has read. It may contain the values to fill in. */
  readonly read: string
  /** Called if the form asks for another case or release, but there is no other. */
  readonly nothingToName: () => void
}

/** The most combinations of values that are tried for one form. */
const FILLINGS = 1000
/** The most suggestions of a list that are tried. */
const SUGGESTED = 6

/** What people type if a form suggests nothing. */
const WORDS: readonly string[] = [
  'because',
  '3 days',
  'https://forum.example/1',
  'CVE-2026-12345',
  'security@vendor.example',
  ...['public', 'exploit', 'attack', 'leak', 'attacks', 'unreachable'].map((fact) => `${fact} because`),
]

const typed = (at: Instant): string => isoInstant(at).slice(0, 16).replace('T', ' ')

function datesOf({ house, case: id }: FormQuestion): readonly string[] {
  const { now } = house
  const state = house.states.get(id)
  const end = state?.kind === 'case' && 'end' in state.em ? [later(state.em.end, -DAY), later(state.em.end, DAY)] : []
  const release = state?.kind === 'case' && state.release !== undefined ? house.states.get(state.release) : undefined
  const planned = release?.kind === 'release' && release.at !== undefined ? [release.at] : []
  const soon = [HOUR, 3 * DAY, 20 * DAY, 60 * DAY, 100 * DAY].map((wait) => later(now, wait))
  return [...planned, ...nextReleaseInstants(house.policy.policy, now, 9), ...soon, ...end].map(typed)
}

/** The dates and names in a sentence, as somebody would type them. */
function namedIn(sentence: string): readonly string[] {
  const dates = sentence.match(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/gu)?.map((date) => date.replace('T', ' ')) ?? []
  const [, list = ''] = /(?:\bone of |: )(.*)$/u.exec(sentence) ?? []
  const names = list.split(/[\s,]+/u).filter((word) => /^[\w./@-]{2,}$/u.test(word))
  return [...dates, ...names]
}

/**
 * Whether a field asks for another case or release. If the state of a test contains no other case or release, nothing
 * can be filled in.
 */
function isElsewhere({ suggests }: FormField, values: Values): boolean {
  const kind = typeof suggests === 'object' ? suggests.of[values[suggests.by] ?? ''] : suggests
  return kind === 'case' || kind === 'release'
}

async function candidates(field: FormField, request: FormQuestion, beside: Values): Promise<readonly string[]> {
  const { house, verb, actor, place, given } = request
  if (field.value !== undefined) return [field.value]
  if (field.choices !== undefined) return field.choices.map(({ value }) => value)
  const command = house.router.commands.find((one) => one.verb === verb)
  const values = { ...given, case: request.case, ...beside }
  const listed = (await house.router.suggest({ verb, option: field.name, typed: '', actor, place, values })).map(
    ({ value }) => value,
  )
  if (field.kind === 'long-text' && field.suggests === undefined) return ['because', PATCH]
  if (listed.length === 0 && isElsewhere(field, values)) request.nothingToName()
  const dates = datesOf(request)
  const named = namedIn(request.read)
  // People can type the address of a vendor even if known addresses are suggested.
  const isListed = typeof field.suggests === 'string' && field.suggests !== 'vendor'
  const all = [
    ...listed.slice(0, SUGGESTED).flatMap((one) => (field.kind === 'text' ? [one, `${one} because`] : [one])),
    ...named,
    ...(field.kind === 'date-time' ? dates : listed.length > 0 || isListed ? [] : WORDS),
    ...named.map((one) => `${one} because`),
    ...(field.kind === 'text' && listed.length === 0 && !isListed
      ? dates.flatMap((date) => [`${date} because`, date])
      : []),
    PATCH,
  ]
  return [...new Set(all)].filter((value) => command?.fits(field.name, value) !== false)
}

/** If two optional fields are filled in, this many values of each are combined. */
const TOGETHER = 4

type Field = FormField & { readonly tried?: number }

async function* combinations(
  fields: readonly Field[],
  request: FormQuestion,
  beside: Values = {},
): AsyncGenerator<Values> {
  const [field, ...others] = fields
  if (field === undefined) {
    yield beside
    return
  }
  for (const value of (await candidates(field, request, beside)).slice(0, field.tried))
    yield* combinations(others, request, { ...beside, [field.name]: value })
}

const isPicked = ({ choices, suggests }: FormField): boolean => choices !== undefined || suggests !== undefined

/** What people can fill in: first only the required fields, then these with one or two optional fields. */
export async function* fillings(fields: readonly FormField[], request: FormQuestion): AsyncGenerator<Values> {
  const shown = fields.filter(({ kind }) => kind !== 'file')
  const omitted = shown.filter(({ optional, value }) => optional === true && value === undefined)
  // Values that are picked from a list are tried before values that are typed.
  const open = [...omitted.filter(isPicked), ...omitted.filter((field) => !isPicked(field))]
  const needed = shown.filter((field) => !open.includes(field))
  const pairs = open.flatMap((one, at) => open.slice(at + 1).map((other) => [one, other]))
  const more = [
    [],
    ...open.map((one) => [one]),
    ...pairs.map((pair) => pair.map((field) => ({ ...field, tried: TOGETHER }))),
  ]
  let left = FILLINGS
  for (const extra of more)
    for await (const values of combinations([...needed, ...extra], request)) {
      if (left === 0) return
      left -= 1
      yield values
    }
}

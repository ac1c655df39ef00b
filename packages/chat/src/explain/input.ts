import { policyFor } from '@embargo/core'
import type { CaseState, Instant, PersonRequest, PersonVerb, Platform, Policy, World } from '@embargo/core'
import { readDateAndRest } from '../text/read-date-and-rest.ts'
import type { Zones } from '../text/read-instant.ts'
import { readEnd } from '../text/read-end.ts'

/** The case in question, with its release, and where the question is typed. */
export type InputContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
  readonly platform: Platform
}

/** The text typed after a command, by option. */
export type Values = Readonly<Record<string, string>>

/** The parts of a request that were typed, or the reason why they cannot be read. */
export type InputResult<Parts> =
  | { readonly ok: true; readonly parts: Parts }
  | { readonly ok: false; readonly because: string }

type PartsOf<V extends PersonVerb> = Partial<Extract<PersonRequest, { verb: V }>>

/** Reads the words after a command, and returns the parts of the request that the command's gates check. */
export type InputReader<V extends PersonVerb> = {
  /** The options that gates check. */
  readonly options: readonly string[]
  readonly read: (values: Values, context: InputContext) => InputResult<PartsOf<V>>
}

export const understood = <Parts extends object>(parts: Parts): InputResult<Parts> => ({ ok: true, parts })
export const wrong = (because: string): InputResult<never> => ({ ok: false, because })
export const unknownName = (typed: string): InputResult<never> => wrong(`Nobody in the policy is called “${typed}”.`)

export const A_DATE = 'A date looks like 2026-07-14 or 2026-07-14 14:00; it is read as UTC.'

/** The time of day for a date that was typed without a time. */
export const timeOf = ({ policy, state }: InputContext): string => policyFor(policy, state).releaseWindow.from

/**
 * The time zones in which dates are read: a date with a time in UTC, and a date without a time in the zone of the
 * release window.
 */
const dayOf = ({ policy: { calendar } }: InputContext): Zones =>
  calendar.zone === undefined ? {} : { day: calendar.zone }

type DateAndRest = { readonly at: Instant; readonly rest?: string }

/** Reads a date and the text after it. */
export function dateReader<V extends PersonVerb>(
  option: string,
  named: (date: DateAndRest, context: InputContext) => InputResult<PartsOf<V>>,
): InputReader<V> {
  return {
    options: [option],
    read: (values, context) => {
      const text = values[option]
      if (text === undefined) return understood({})
      const date = readDateAndRest(text, timeOf(context), [context.release?.at], dayOf(context))
      return date === undefined ? wrong(A_DATE) : named(date, context)
    },
  }
}

/** Reads the end of an embargo. */
export const endReader = {
  options: ['detail'],
  read: (
    { detail }: Values,
    { policy, state }: InputContext,
  ): InputResult<{ readonly end?: Instant; readonly reason?: string }> => {
    if (detail === undefined) return understood({})
    const date = readEnd(detail, policy, state)
    if (date === undefined) return wrong(A_DATE)
    return understood({ end: date.at, ...(date.rest === undefined ? {} : { reason: date.rest }) })
  },
}

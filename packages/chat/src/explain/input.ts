import { policyFor } from '@embargo/core'
import type { CaseState, Instant, PersonRequest, PersonVerb, Platform, Policy, World } from '@embargo/core'
import { readDateAndRest } from '../text/read-date-and-rest.ts'
import { readEnd } from '../text/read-end.ts'

/** The case that it is asked of, with its release, and where it is typed. */
export type Asking = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
  readonly platform: Platform
}

/** What was typed after a command, by the names of its options. */
export type Values = Readonly<Record<string, string>>

/** The parts of a request that were named; or why they are not understood. */
export type Read<Parts> = { readonly ok: true; readonly said: Parts } | { readonly ok: false; readonly because: string }

type PartsOf<V extends PersonVerb> = Partial<Extract<PersonRequest, { verb: V }>>

/** How the words after one command become the parts of its request that its gates look at. */
export type Reading<V extends PersonVerb> = {
  /** Other options are looked at by no gate. */
  readonly options: readonly string[]
  readonly read: (values: Values, asking: Asking) => Read<PartsOf<V>>
}

export const said = <Parts extends object>(parts: Parts): Read<Parts> => ({ ok: true, said: parts })
export const wrong = (because: string): Read<never> => ({ ok: false, because })
export const nobodyIs = (typed: string): Read<never> => wrong(`Nobody in the policy is called “${typed}”.`)

export const A_DATE = 'A date looks like 2026-07-14 or 2026-07-14 14:00; it is read as UTC.'

/** What a date without a time means. */
export const timeOf = ({ policy, state }: Asking): string => policyFor(policy, state).releaseWindow.from

type Dated = { readonly at: Instant; readonly rest?: string }

/** A date, and what stands after it. */
export function dated<V extends PersonVerb>(
  option: string,
  named: (date: Dated, asking: Asking) => Read<PartsOf<V>>,
): Reading<V> {
  return {
    options: [option],
    read: (values, asking) => {
      const text = values[option]
      if (text === undefined) return said({})
      const date = readDateAndRest(text, timeOf(asking), [asking.release?.at])
      return date === undefined ? wrong(A_DATE) : named(date, asking)
    },
  }
}

/** An end of the embargo. */
export const ending = {
  options: ['detail'],
  read: ({ detail }: Values, { policy, state }: Asking): Read<{ readonly end?: Instant }> => {
    if (detail === undefined) return said({})
    const date = readEnd(detail, policy, state)
    return date === undefined ? wrong(A_DATE) : said({ end: date.at })
  },
}

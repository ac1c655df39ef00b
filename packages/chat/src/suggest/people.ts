import { teamRole } from '@embargo/core'
import type { Person } from '@embargo/core'
import type { Choice } from '../types.ts'
import { ofCase } from './suggester.ts'
import type { SuggestContext, Suggester } from './suggester.ts'

/** The value begins with `@`, because a name without it could be read as the beginning of a note. */
const choice = ({ id, name }: Pick<Person, 'id' | 'name'>): Choice => ({ value: `@${id}`, label: name })

const everybody = ({ engine }: SuggestContext): readonly Person[] => engine.policy.policy.people

export const person: Suggester = (context) => everybody(context).map(choice)

export const owner: Suggester = (context) => [
  { value: 'me', label: 'Me' },
  { value: 'nobody', label: 'Nobody' },
  ...everybody(context)
    .filter((one) => teamRole(one) !== undefined)
    .map(choice),
]

export const member = ofCase(({ state }, context) =>
  everybody(context)
    .filter(({ id }) => state.people[id] !== undefined)
    .map(choice),
)

export const newcomer = ofCase(({ state }, context) =>
  everybody(context)
    .filter(({ id }) => state.people[id] === undefined && state.reports.every((report) => report.person !== id))
    .map(choice),
)

export const remediator = ofCase(({ state }, context) => [
  ...(state.reports.length === 0 ? [] : [{ value: 'reporter', label: 'The reporter' }]),
  ...everybody(context)
    .filter(({ id }) => state.people[id] !== undefined && state.people[id] !== 'observer')
    .map(choice),
])

export const sender = ofCase(({ state }, context) =>
  everybody(context)
    .filter(({ id }) => state.reports.some((report) => report.person === id))
    .map(choice),
)

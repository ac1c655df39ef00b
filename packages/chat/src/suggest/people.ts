import { teamRole } from '@embargo/core'
import type { Person } from '@embargo/core'
import type { Choice } from '../types.ts'
import { ofCase } from './suggester.ts'
import type { SuggestContext, Suggester } from './suggester.ts'

/** With the @ sign, so that it is never taken for the beginning of a note. */
const choice = ({ id, name }: Pick<Person, 'id' | 'name'>): Choice => ({ value: `@${id}`, label: name })

const everybody = ({ engine }: SuggestContext): readonly Person[] => engine.policy.policy.people

export const person: Suggester = (asking) => everybody(asking).map(choice)

export const owner: Suggester = (asking) => [
  { value: 'me', label: 'Me' },
  { value: 'nobody', label: 'Nobody' },
  ...everybody(asking)
    .filter((one) => teamRole(one) !== undefined)
    .map(choice),
]

export const member = ofCase(({ state }, asking) =>
  everybody(asking)
    .filter(({ id }) => state.people[id] !== undefined)
    .map(choice),
)

export const newcomer = ofCase(({ state }, asking) =>
  everybody(asking)
    .filter(({ id }) => state.people[id] === undefined && state.reports.every((report) => report.person !== id))
    .map(choice),
)

export const remediator = ofCase(({ state }, asking) => [
  ...(state.reports.length === 0 ? [] : [{ value: 'reporter', label: 'The reporter' }]),
  ...everybody(asking)
    .filter(({ id }) => state.people[id] !== undefined && state.people[id] !== 'observer')
    .map(choice),
])

export const sender = ofCase(({ state }, asking) =>
  everybody(asking)
    .filter(({ id }) => state.reports.some((report) => report.person === id))
    .map(choice),
)

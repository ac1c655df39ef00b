import { isDeepStrictEqual } from 'node:util'
import { isTree, Policy, Project, PROFILES, writtenDuration } from '@embargo/core'
import type { Duration, ProfileName, Tree } from '@embargo/core'
import { PLATFORMS_BY_DEFAULT } from './default-policy.ts'

/** A value that differs from its default. */
export type Difference = {
  readonly path: string
  readonly value: string
  /**
   * The profile's value. Absent if the profile has no value. For a project: also absent if the whole policy differs
   * from the profile here.
   */
  readonly byDefault?: string
  /** For a project: the value in the whole policy, if that value differs from the profile. */
  readonly wholePolicy?: string
}

type Layer = { readonly name: 'byDefault' | 'wholePolicy'; readonly values: ReadonlyMap<string, unknown> }

/**
 * The values in which a policy differs from its profile, in the order of the schema. After these come the values in
 * which projects differ from the whole policy.
 */
export function differencesOf(policy: Policy): readonly Difference[] {
  const usual: Layer = { name: 'byDefault', values: valuesOf(sectionsOf(usualOf(policy.profile))) }
  const changed = changedValues(sectionsOf(policy), [usual])
  const whole: Layer = { name: 'wholePolicy', values: new Map(changed) }
  return [
    ...changed.map(difference('', [usual])),
    ...policy.projects.flatMap((project) => ofProject(project, [whole, usual])),
  ]
}

const usualOf = (profile: ProfileName): Policy =>
  Policy.parse({
    ...PROFILES[profile],
    projects: [ANY_PROJECT],
    people: [{ id: 'any', name: 'Any' }],
    platforms: PLATFORMS_BY_DEFAULT,
  })

const ANY_PROJECT = { id: 'any', name: 'Any', address: 'any@any.example' }

/** Leaves out people and projects, because every deployment has its own. */
function sectionsOf(policy: Policy): Tree {
  const { people: _own, projects: _each, ...sections } = policy
  return sections
}

function ofProject(project: Project, layers: readonly Layer[]): readonly Difference[] {
  const path = `projects.${project.id}.`
  const usual: Layer = { name: 'byDefault', values: valuesOf(usualProject(Project.parse(ANY_PROJECT))) }
  return [
    ...changedValues(usualProject(project), [usual]).map(difference(path, [usual])),
    ...changedValues(project.policy, layers).map(difference(`${path}policy.`, layers)),
  ]
}

/** The keys of a project that have defaults. */
const usualProject = ({ prefix, branches, cve }: Project): Tree => ({ prefix, branches, cve })

type Value = readonly [key: string, value: unknown]

const changedValues = (values: unknown, layers: readonly Layer[]): readonly Value[] =>
  [...valuesOf(values)].filter(([key, value]) => !isDeepStrictEqual(value, layerWith(key, layers)?.values.get(key)))

/** The first layer that has a value for the key. */
const layerWith = (key: string, layers: readonly Layer[]): Layer | undefined =>
  layers.find(({ values }) => values.has(key))

const difference =
  (path: string, layers: readonly Layer[]) =>
  ([key, value]: Value): Difference => {
    const below = layerWith(key, layers)
    return {
      path: `${path}${key}`,
      value: inWords(value),
      ...(below === undefined ? {} : { [below.name]: inWords(below.values.get(key)) }),
    }
  }

/** Each value with its path. A list or a duration counts as one value, as it does in `overlay`. */
const valuesOf = (values: unknown): ReadonlyMap<string, unknown> => new Map(entriesOf(values, ''))

function entriesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (value === undefined) return []
  if (!isTree(value) || isDuration(value)) return [[path, value]]
  return Object.entries(value).flatMap(([key, one]) => entriesOf(one, path === '' ? key : `${path}.${key}`))
}

const isDuration = (value: unknown): value is Duration =>
  isTree(value) && typeof value['amount'] === 'number' && typeof value['unit'] === 'string'

/**
 * The most entries of a list that are shown. A list of holidays may cover years, but a line should be readable at a
 * glance.
 */
const LONGEST_LIST = 8

/** A value as it is written in a policy file: durations in words, lists in brackets, objects by their ids. */
function inWords(value: unknown): string {
  if (isDuration(value)) return writtenDuration(value)
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map(inWords).join(', ')
    return value.length > LONGEST_LIST ? `[${shown}, … ${value.length} in all]` : `[${shown}]`
  }
  if (isTree(value)) {
    if (typeof value['id'] === 'string') return value['id']
    const keys = Object.entries(value).map(([key, one]) => `${key}: ${inWords(one)}`)
    return `{ ${keys.join(', ')} }`
  }
  const text = String(value)
  return text.includes('\n') ? `${text.length} characters` : text
}

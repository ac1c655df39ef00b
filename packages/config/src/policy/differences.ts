import { isDeepStrictEqual } from 'node:util'
import { isTree, Policy, Project, PROFILES, Severity, writtenDuration } from '@embargo/core'
import type { Duration, ProfileName, Tree } from '@embargo/core'
import { PLATFORMS_BY_DEFAULT } from './default-policy.ts'

/** A value that differs from the layers under it. A project may lie over several layers: one for each severity. */
export type Difference = {
  readonly path: string
  readonly value: string
  /** The profile's value, if no nearer layer has one. Absent if the profile has none either. */
  readonly byDefault?: string
  /** The values of nearer layers, and which layers: the whole policy, a severity, the project. */
  readonly under?: readonly { readonly layer: string; readonly value: string }[]
}

/** Values that override others, by their paths. The lowest layer is the profile. */
type Layer = {
  readonly is: 'default' | 'whole' | 'part'
  readonly path: string
  readonly says: ReadonlyMap<string, unknown>
}

/**
 * What a policy has otherwise than its profile, value by value, in the order of the schema; then what severities settle,
 * then what projects do. Each is compared with the layers under it, in the order in which a case has them (`policyFor`).
 */
export function differencesOf(policy: Policy): readonly Difference[] {
  const usual: Layer = { is: 'default', path: '', says: valuesOf(sectionsOf(usualOf(policy.profile))) }
  const written = [...valuesOf(sectionsOf(policy))]
  const otherwise = written.filter(([path, value]) => !isDeepStrictEqual(value, usual.says.get(path)))
  const whole: Layer = { is: 'whole', path: '', says: new Map(otherwise) }
  const severities = Severity.options.map((severity) => partOf(`severities.${severity}`, policy.severities[severity]))
  const stacks = severities.map((one) => [one, whole, usual])
  return [
    ...over(whole, [[usual]]),
    ...severities.flatMap((one) => over(one, [[whole, usual]])),
    ...policy.projects.flatMap((project) => ofProject(project, stacks)),
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

/** Leaves out people and projects, which every deployment has its own of, and the layers above. */
function sectionsOf(policy: Policy): Tree {
  const { people: _own, projects: _each, severities: _above, ...sections } = policy
  return sections
}

/** `stacks`: for each severity, the layers under the project, the nearest first. */
function ofProject(project: Project, stacks: readonly (readonly Layer[])[]): readonly Difference[] {
  const path = `projects.${project.id}`
  const { severities, ...settled } = project.policy ?? {}
  const own = partOf(`${path}.policy`, settled)
  const usual = partOf('', usualProject(Project.parse(ANY_PROJECT)))
  return [
    ...over(partOf(path, usualProject(project)), [[{ ...usual, is: 'default' }]]),
    ...over(own, stacks),
    ...Severity.options.flatMap((severity, index) =>
      over(partOf(`${path}.policy.severities.${severity}`, severities?.[severity]), [[own, ...(stacks[index] ?? [])]]),
    ),
  ]
}

/** The defaults of a project; its other keys have none. */
const usualProject = ({ prefix, branches, cve }: Project): Tree => ({ prefix, branches, cve })

const partOf = (path: string, values: unknown): Layer => ({ is: 'part', path, says: valuesOf(values) })

/** The values of a layer that differ from any of the stacks under it. */
function over(layer: Layer, stacks: readonly (readonly Layer[])[]): readonly Difference[] {
  return [...layer.says].flatMap(([key, value]): readonly Difference[] => {
    const nearest = new Set(stacks.map((stack) => stack.find(({ says }) => says.has(key))))
    const others = [...nearest].filter((one) => !isDeepStrictEqual(one?.says.get(key), value))
    return others.length === 0 ? [] : [difference(layer, key, others)]
  })
}

function difference(layer: Layer, key: string, others: readonly (Layer | undefined)[]): Difference {
  const under = others.flatMap((one) =>
    one === undefined || one.is === 'default' ? [] : [{ layer: nameOf(one), value: inWords(one.says.get(key)) }],
  )
  const usual = others.find((one) => one?.is === 'default')
  return {
    path: layer.path === '' ? key : `${layer.path}.${key}`,
    value: inWords(layer.says.get(key)),
    ...(usual === undefined ? {} : { byDefault: inWords(usual.says.get(key)) }),
    ...(under.length === 0 ? {} : { under }),
  }
}

const nameOf = ({ is, path }: Layer): string => (is === 'whole' ? 'the whole policy' : path)

/** Each value with its path; a list and a duration are values, as `overlay` takes them. */
const valuesOf = (values: unknown): ReadonlyMap<string, unknown> => new Map(entriesOf(values, ''))

function entriesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (value === undefined) return []
  if (!isTree(value) || isDuration(value)) return [[path, value]]
  return Object.entries(value).flatMap(([key, one]) => entriesOf(one, path === '' ? key : `${path}.${key}`))
}

const isDuration = (value: unknown): value is Duration =>
  isTree(value) && typeof value['amount'] === 'number' && typeof value['unit'] === 'string'

/** A list of holidays may cover years, but a line should be readable at a glance. */
const LONGEST_LIST = 8

/** As written in a file: durations in words, lists in brackets, objects by their ids. */
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

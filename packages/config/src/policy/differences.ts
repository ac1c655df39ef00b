import { isTree, overlay, Policy, PROFILES, writtenDuration } from '@embargo/core'

/** One value that is not what the profile says. `byDefault` is absent where the profile says nothing. */
export type Difference = { readonly path: string; readonly value: string; readonly byDefault?: string }

/** What a policy has otherwise than its profile, value by value, in the order of the schema; then what projects settle. */
export function differencesOf(policy: Policy): readonly Difference[] {
  const usual = Policy.parse({ ...PROFILES[policy.profile], ...OWN_ENOUGH })
  const whole = compare({ ...policy, ...OWN_ENOUGH }, { ...usual, ...OWN_ENOUGH }, '')
  const ofProjects = policy.projects.flatMap((project) =>
    project.policy === undefined
      ? []
      : compare(overlay(policy, project.policy), policy, `projects.${project.id}.policy.`).concat(
          overridesSaid(project.policy.severities, policy, `projects.${project.id}.policy.severities.`),
        ),
  )
  return [...whole, ...overridesSaid(policy.severities, policy, 'severities.'), ...ofProjects]
}

// Every deployment has its own, and what a severity settles is compared by itself: the same on both sides here.
const OWN_ENOUGH = {
  projects: [{ id: 'any', name: 'Any', address: 'any@any.example' }],
  people: [{ id: 'any', name: 'Any' }],
  platforms: ['terminal' as const],
  severities: {},
}

function overridesSaid(severities: Policy['severities'] | undefined, below: Policy, path: string): Difference[] {
  return Object.entries(severities ?? {}).flatMap(([severity, settled]) =>
    settled === undefined ? [] : compare(overlay(below, settled), below, `${path}${severity}.`),
  )
}

function compare(value: unknown, usual: unknown, path: string): Difference[] {
  if (isTree(value) && isTree(usual) && !isDuration(value)) {
    const keys = [...new Set([...Object.keys(usual), ...Object.keys(value)])]
    return keys.flatMap((key) =>
      compare(value[key], usual[key], path === '' ? key : `${path.replace(/\.$/, '')}.${key}`),
    )
  }
  const [is, was] = [written(value), written(usual)]
  if (is === was) return []
  return [{ path, value: is, ...(usual === undefined ? {} : { byDefault: was }) }]
}

const isDuration = (value: unknown): value is { amount: number; unit: 'minutes' | 'hours' | 'days' | 'working days' } =>
  isTree(value) && typeof value['amount'] === 'number' && typeof value['unit'] === 'string'

/** A calendar of holidays has years of them; a line is read at a glance. */
const LONGEST_LIST = 8

/** As it stands in a file: durations in words, lists in brackets, of things their ids. */
function written(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (isDuration(value)) return writtenDuration(value)
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST).map(written).join(', ')
    return value.length > LONGEST_LIST ? `[${shown}, … ${value.length} in all]` : `[${shown}]`
  }
  if (isTree(value)) return typeof value['id'] === 'string' ? value['id'] : JSON.stringify(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.includes('\n') ? `${text.length} characters` : text
}

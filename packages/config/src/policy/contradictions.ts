import { after, instant, leadDates, mostDaysOf, policyFor, writtenDuration } from '@embargo/core'
import type { Person, Policy, Project } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import { nameOf } from './path-name.ts'
import type { Path, PolicyText } from './policy-text.ts'
import { danglingNames } from './dangling-names.ts'
import { distrosMistakes } from './distros.ts'
import { setsAny, scopesOf } from './scopes.ts'
import { reversedTimeRanges } from './time-ranges.ts'

/** Problems across several values, such as a duplicate name, or too few people for a rule that needs two people. */
export function contradictions(policy: Policy, text: PolicyText): readonly Problem[] {
  const accounts = ['mail', 'slack', 'discord', 'osUser'] as const
  const each = <K extends string>(
    list: readonly Partial<Record<K, unknown>>[],
    base: Path,
    key: K,
  ): readonly NamedValue[] => list.map((entry, index) => ({ path: [...base, index, key], value: textOf(entry[key]) }))
  return [
    ...twice(each(policy.projects, ['projects'], 'id'), text),
    ...twice(each(policy.projects, ['projects'], 'prefix'), text),
    ...twice(each(policy.projects, ['projects'], 'address'), text),
    ...policy.projects.flatMap(({ packages = [] }, index) => twice(packageNames(packages, index), text)),
    ...noAdvisories(policy, text),
    ...twice(each(policy.people, ['people'], 'id'), text),
    ...accounts.flatMap((account) => twice(each(policy.people, ['people'], account), text)),
    ...twice(each(policy.parties, ['parties'], 'address'), text),
    ...twice(each(policy.prenotification.lists, ['prenotification', 'lists'], 'id'), text),
    ...policy.prenotification.lists.flatMap((list, index) => {
      const base = ['prenotification', 'lists', index, 'recipients']
      return [...twice(each(list.recipients, base, 'id'), text), ...twice(each(list.recipients, base, 'address'), text)]
    }),
    ...twice(
      policy.groups.map(({ platform, role }, index) => ({
        path: ['groups', index],
        value: `${platform} ${role}`,
      })),
      text,
    ),
    ...danglingNames(policy, text),
    ...reversedTimeRanges(policy, text),
    ...impatientLists(policy, text),
    ...talkativeLists(policy, text),
    ...distrosMistakes(policy, text),
    ...standingTooLong(policy, text),
    ...unnamedServer(policy, text),
    ...missingSecondPerson(policy, text),
    ...missingInProject(policy, text),
  ]
}

type NamedValue = { readonly path: Path; readonly value: string | undefined }

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const packageNames = (packages: NonNullable<Project['packages']>, project: number): readonly NamedValue[] =>
  packages.map(({ ecosystem, name }, index) => ({
    path: ['projects', project, 'packages', index],
    value: `${ecosystem} ${name}`,
  }))

/** Finds projects that get their CVE ids through advisories at GitHub, but name no repository there. */
function noAdvisories({ projects }: Policy, text: PolicyText): readonly Problem[] {
  return projects.flatMap(({ cve, repository }, index): readonly Problem[] => {
    if (cve !== 'github' || GITHUB_REPOSITORY.test(repository ?? '')) return []
    const path = ['projects', index, 'cve']
    return [
      {
        at: text.place(path),
        found: 'github',
        because: `${nameOf(path)} takes CVE ids from advisories in a repository at GitHub, and no such repository is named.`,
        instead: 'Write its address as repository: https://github.com/owner/name, or name another source.',
      },
    ]
  })
}

const GITHUB_REPOSITORY = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/u

/**
 * Finds values that occur twice, ignoring upper and lower case. Otherwise one address in two spellings would count as
 * two people, and one person could fulfil a two-person rule alone.
 */
function twice(entries: readonly NamedValue[], text: PolicyText): readonly Problem[] {
  const seen = new Map<string, Path>()
  const problems: Problem[] = []
  for (const { path, value } of entries) {
    if (value === undefined) continue
    const folded = value.toLowerCase()
    const first = seen.get(folded)
    if (first === undefined) seen.set(folded, path)
    else problems.push(named(path, first, text))
  }
  return problems
}

function named(path: Path, first: Path, text: PolicyText): Problem {
  const found = text.found(path)
  return {
    at: text.place(path),
    ...(found === undefined ? {} : { found }),
    because: `${nameOf(path)} is the same as ${nameOf(first)}.`,
    instead: `Give each its own${found === undefined ? ` (if you write none, the default applies)` : ''}, or take one out.`,
  }
}

/** Finds lists whose promised lead time is longer than the list keeps a secret. */
function impatientLists(policy: Policy, text: PolicyText): readonly Problem[] {
  return policy.prenotification.lists.flatMap((list, index): readonly Problem[] => {
    const { lead } = list
    const mostDays = mostDaysOf(list)
    if (lead === undefined || mostDays === undefined || leadDates(lead) <= mostDays) return []
    const path = ['prenotification', 'lists', index, 'lead']
    return [
      {
        at: text.place(path),
        found: writtenDuration(lead),
        because: `${nameOf(path)} is longer than the ${mostDays} days that the list keeps a secret.`,
        instead: 'Shorten the lead, or raise mostDays if the list allows it.',
      },
    ]
  })
}

/** Finds lists that allow recipients to tell their clients although the list's TLP label forbids this. */
function talkativeLists({ prenotification }: Policy, text: PolicyText): readonly Problem[] {
  return prenotification.lists.flatMap(({ tlp, tellClients }, index): readonly Problem[] => {
    if (!tellClients || tlp === 'TLP:AMBER') return []
    const path = ['prenotification', 'lists', index, 'tellClients']
    return [
      {
        at: text.place(path),
        found: 'true',
        because: `${nameOf(path)} lets recipients tell their clients, which ${tlp} forbids.`,
        instead: 'Write tlp: TLP:AMBER beside it if clients may be told, or take tellClients out.',
      },
    ]
  })
}

/** Finds a policy that trusts the sender checks of a mail server but names no server. */
function unnamedServer({ intake }: Policy, text: PolicyText): readonly Problem[] {
  if (intake.senderDomains !== 'trust' || intake.resultsFrom !== undefined) return []
  const path = ['intake', 'senderDomains']
  return [
    {
      at: text.place(path),
      found: 'trust',
      because: `${nameOf(path)} trusts the results of a mail server that is not named.`,
      instead: 'Write its authserv-id as intake.resultsFrom, or write "check" to check them here.',
    },
  ]
}

/**
 * Finds policies whose default length of an embargo (the standing terms) is longer than the length that reporter and
 * team may agree on.
 */
function standingTooLong(policy: Policy, text: PolicyText): readonly Problem[] {
  return scopesOf(policy).flatMap((place): readonly Problem[] => {
    const { calendar, embargo } = place.own
    const { standing, agreedMost } = embargo
    const base = [...place.base, 'embargo']
    if (
      !setsAny(text, place, [
        ['embargo', 'standing'],
        ['embargo', 'agreedMost'],
      ])
    )
      return []
    if (after(calendar, A_MONDAY, standing) <= after(calendar, A_MONDAY, agreedMost)) return []
    const path = [...base, text.found([...base, 'standing']) === undefined ? 'agreedMost' : 'standing']
    const found = text.found(path)
    return [
      {
        at: text.place(path),
        ...(found === undefined ? {} : { found }),
        because: `${nameOf([...base, 'standing'])} is ${writtenDuration(standing)}, longer than the ${writtenDuration(agreedMost)} that reporter and team may agree on.`,
        instead: 'Shorten the standing terms, or raise agreedMost.',
      },
    ]
  })
}

/**
 * Two durations are compared by adding both to this instant, because one may be in working days and the other in hours.
 */
const A_MONDAY = instant(Date.UTC(2026, 0, 5))

/** Finds projects that require a second person, although fewer than two of the people whom they name can approve. */
function missingInProject(policy: Policy, text: PolicyText): readonly Problem[] {
  return policy.projects.flatMap((project, index): readonly Problem[] => {
    // The name of an unknown person is reported elsewhere.
    if (project.people?.every((id) => policy.people.some((person) => person.id === id)) !== true) return []
    const own = policyFor(policy, { project: project.id })
    if (own.approvals.by === 'second-look' || ableOf(own).length >= 2) return []
    const path = ['projects', index, 'people']
    return [
      {
        at: text.place(path),
        because: `approvals.by requires a second person, but fewer than two of ${nameOf(path)} have the role team or admin.`,
        instead: 'Name another person for this project.',
      },
    ]
  })
}

/**
 * Whether a group may add people to the team. Who is in the group is known only at run time. If there is no second
 * person at that time, the gate `second-person` refuses the command.
 */
const hasTeamGroup = ({ groups }: Policy): boolean => groups.some(({ role }) => role === 'admin' || role === 'team')

const ableOf = (policy: Policy): readonly Person[] =>
  policy.people.filter((person) => person.roles.some((role) => role === 'team' || role === 'admin'))

/** Finds a policy that requires a second person but has none. */
function missingSecondPerson(policy: Policy, text: PolicyText): readonly Problem[] {
  const able = ableOf(policy)
  if (policy.approvals.by === 'second-look' || able.length >= 2 || hasTeamGroup(policy)) return []
  return [
    {
      at: text.place(['people']),
      because: `approvals.by requires a second person, but only ${able.length === 1 ? 'one' : 'nobody'} in people has the role team or admin.`,
      instead:
        'Add another person, or write "profile: solo", so that people can confirm their own requests an hour later.',
    },
  ]
}

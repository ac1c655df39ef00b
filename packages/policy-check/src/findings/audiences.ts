import { accountOn, listAnd, listOr, policyFor, teamRole } from '@embargo/core'
import type { Person, Policy } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/**
 * Finds projects whose reminders reach nobody. A reminder is posted in the case's channel, so somebody must be in that
 * channel. A reminder that escalates is also mailed; other reminders are not.
 */
export const audiences: StaticCheck = (whole) =>
  whole.projects.flatMap((project) => {
    const policy = policyFor(whole, { project: project.id })
    const team = policy.people.filter((person) => teamRole(person) !== undefined)
    const inChannel = team.some((person) => policy.platforms.some((one) => accountOn(person, one) !== undefined))
    if (inChannel) return []
    const isMailed = team.some(({ mail }) => mail !== undefined)
    return [isMailed ? heardLate(policy, project.name, team) : unheardClock(policy, project.name, team)]
  })

const INSTEAD =
  'Give somebody on the team an account on a platform that is in use. Linked accounts are not visible to this check.'

const heardLate = ({ platforms }: Policy, project: string, team: readonly Person[]): PolicyFinding => ({
  rule: 'unheard-clock',
  what: `Nobody gets the reminders of ${project} before they escalate.`,
  why: `Reminders that escalate are mailed too; the others are only posted on ${listAnd(platforms)}, where ${namesOf(team)} ${have(team)} no account.`,
  instead: INSTEAD,
})

const unheardClock = ({ platforms }: Policy, project: string, team: readonly Person[]): PolicyFinding => ({
  rule: 'unheard-clock',
  what: `Nobody gets the reminders of ${project}.`,
  why:
    team.length === 0
      ? 'No person has the role admin or team, so nobody is on a case when it opens.'
      : `${namesOf(team)} ${have(team)} no mail address and no account on ${listOr(platforms)}.`,
  instead: INSTEAD,
})

const namesOf = (people: readonly Person[]): string => listAnd(people.map(({ name }) => name))

const have = ({ length }: readonly Person[]): string => (length === 1 ? 'has' : 'have')

import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { CODE, discordCode } from '../platform/api-errors.ts'
import { setupError } from '../setup-error.ts'
import type { Check, DoctorRequest } from './check.ts'
import type { Facts } from './facts.ts'

/** Checks the mapped roles: a role that is missing in the server gives nothing to anybody, and no error shows it. */
export function checkRoles({ roles = [] }: DoctorRequest, server: NonNullable<Facts['guild']>): readonly Check[] {
  if (roles.length === 0) return []
  const label = 'The server has every role that the policy maps'
  const missing = roles.filter(({ id }) => !server.roles.some((role) => role.id === id))
  if (missing.length === 0) return [{ what: label, ok: true }]
  return [
    {
      what: label,
      ok: false,
      todo: `Not in the server: ${missing.map(({ id, gives }) => `${id} (${gives})`).join(', ')}. Nobody gets rights from these roles. Right-click the role at Server Settings → Roles → Copy Role ID, and correct “groups” in the policy.`,
    },
  ]
}

type Membership = 'there' | 'away' | { readonly unknown: string }

/**
 * Checks the people, because somebody who is not in the server cannot be let into a channel. A failed request does not
 * count as absence.
 */
export async function checkPeople({ rest, guild, people = [] }: DoctorRequest): Promise<readonly Check[]> {
  if (people.length === 0) return []
  const missing: string[] = []
  for (const { account, name } of people) {
    const membership = await membershipOf(rest, guild, account)
    if (typeof membership === 'object')
      return [
        {
          what: WHAT,
          ok: false,
          todo: `Discord did not say whether everybody is in the server: ${membership.unknown}`,
        },
      ]
    if (membership === 'away') missing.push(name)
  }
  if (missing.length === 0) return [{ what: WHAT, ok: true }]
  return [
    {
      what: WHAT,
      ok: false,
      warning: true,
      todo: `Not found in the server: ${[...new Set(missing)].join(', ')}. Invite them to the server, or correct their Discord ids: in the policy, or, for a linked account, with “embargo link remove”.`,
    },
  ]
}

const WHAT = 'Everybody with a known Discord account is in the server'

async function membershipOf(rest: REST, guild: string, account: string): Promise<Membership> {
  try {
    await rest.get(Routes.guildMember(guild, account))
    return 'there'
  } catch (error) {
    const code = discordCode(error)
    if (code === CODE.unknownMember || code === CODE.unknownUser) return 'away'
    return { unknown: setupError(error).message }
  }
}

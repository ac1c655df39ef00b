import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { ARCHIVE_CATEGORY, CATEGORY } from '../platform/platform.ts'
import { numberOf } from '../platform/categories.ts'
import type { Channel } from '../platform/channel.ts'
import { isCategory, listChannels } from '../platform/channel.ts'
import { TOPIC } from '../platform/open-channel.ts'
import { isClosed } from '../platform/permissions.ts'
import type { DiscordSetupError } from '../setup-error.ts'
import { INTENTS_AT, setupError, tokenMissing } from '../setup-error.ts'
import type { Facts } from './facts.ts'
import { askFacts, isAdministrator } from './facts.ts'
import { inviteLink } from './invite.ts'

/** One thing that was looked at. `todo` says which switch to turn; a `warning` does not keep the bot from working. */
export type Check = { readonly what: string } & (
  | { readonly ok: true; readonly note?: string }
  | { readonly ok: false; readonly todo: string; readonly warning?: true }
)

export type DoctorRequest = {
  readonly rest: REST
  readonly guild: string
  readonly token: string
  /** Accounts of the policy that should be in the server, with whose they are. */
  readonly people?: readonly { readonly account: string; readonly name: string }[]
}

/** Looks at everything that the bot needs on the live server. Never throws; the first that is missing hides what follows from it. */
export async function runDoctor(request: DoctorRequest): Promise<readonly Check[]> {
  if (request.token === '') return [{ what: 'The bot token', ok: false, todo: tokenMissing().message }]
  let facts: Facts
  try {
    facts = await askFacts(request.rest, request.guild)
  } catch (error) {
    const why: DiscordSetupError = setupError(error)
    return [
      { what: why.code === 'token-refused' ? 'The bot token' : 'The way to Discord', ok: false, todo: why.message },
    ]
  }
  const token: Check = { what: 'The bot token', ok: true }
  if (facts.guild === undefined)
    return [
      token,
      intents(facts),
      {
        what: 'The bot is in the server',
        ok: false,
        todo: `Somebody who may manage the server opens ${inviteLink({ application: facts.application, guild: request.guild })} . If it is there, check the server’s id.`,
      },
    ]
  return [
    token,
    intents(facts),
    { what: 'The bot is in the server', ok: true },
    permissions(facts.guild),
    notAdministrator(facts.guild),
    rolePlace(facts.guild),
    ...(await categories(request, facts)),
    readers(facts.guild),
    ...(await membersOf(request)),
  ]
}

const intents = ({ intentsOff }: Facts): Check =>
  intentsOff.length === 0
    ? { what: 'The privileged intents', ok: true }
    : {
        what: 'The privileged intents',
        ok: false,
        todo: `Switch on ${intentsOff.join(' and ')} at ${INTENTS_AT}, and save.`,
      }

const permissions = ({ lacks }: NonNullable<Facts['guild']>): Check =>
  lacks.length === 0
    ? { what: 'The bot’s permissions', ok: true }
    : {
        what: 'The bot’s permissions',
        ok: false,
        todo: `Switch on ${lacks.join(', ')} at Server Settings → Roles → the bot’s role → Permissions.`,
      }

const notAdministrator = ({ own }: NonNullable<Facts['guild']>): Check =>
  own.some(isAdministrator)
    ? {
        what: 'The bot is no administrator',
        ok: false,
        warning: true,
        todo: 'Switch off Administrator in the bot’s role: it works with less, and a stolen token can then do less.',
      }
    : { what: 'The bot is no administrator', ok: true }

/** A role can manage only what stands under it: https://docs.discord.com/developers/topics/permissions#permission-hierarchy */
function rolePlace({ own, roles }: NonNullable<Facts['guild']>): Check {
  const highest = Math.max(...own.map(({ position }) => position))
  const above = roles.filter(
    ({ position, managed, id }) => position > highest && !managed && !own.some((each) => each.id === id),
  )
  if (above.length === 0) return { what: 'The place of the bot’s role', ok: true }
  return {
    what: 'The place of the bot’s role',
    ok: false,
    warning: true,
    todo: `${above.length} ${above.length === 1 ? 'role stands' : 'roles stand'} above the bot’s, and it cannot take anything from them. Drag the bot’s role above those of the people on cases, at Server Settings → Roles.`,
  }
}

async function categories({ rest, guild }: DoctorRequest, { self }: Facts): Promise<readonly Check[]> {
  const what = 'The channels of cases and their categories are hidden'
  let all: readonly Channel[]
  try {
    all = await listChannels({ rest, guild, self })
  } catch (error) {
    return [{ what, ok: false, todo: setupError(error).message }]
  }
  const ours = all.filter(
    (each) =>
      each.topic?.startsWith(TOPIC) === true ||
      (isCategory(each) && [CATEGORY, ARCHIVE_CATEGORY].some((name) => numberOf(name, each.name) !== undefined)),
  )
  const open = ours.filter((each) => !isClosed(each.permission_overwrites, guild)).map(({ name }) => name)
  if (open.length === 0)
    return [
      { what, ok: true, note: ours.length === 0 ? 'none yet: the first case makes some' : `${ours.length} there` },
    ]
  return [
    {
      what,
      ok: false,
      todo: `Everybody can see ${open.join(', ')}. Set View Channel to ✕ for @everyone there, then say /channel ok in each case that was open.`,
    },
  ]
}

/** Discord lets nobody be kept out who administers it. */
const readers = ({ roles }: NonNullable<Facts['guild']>): Check => {
  const names = roles.filter((role) => isAdministrator(role) && !role.managed).map(({ name }) => name)
  return {
    what: 'Who can read every channel whatever its permissions',
    ok: true,
    note:
      names.length === 0
        ? 'the owner of the server'
        : `the owner of the server, and whoever has one of the roles: ${names.join(', ')}`,
  }
}

async function membersOf({ rest, guild, people = [] }: DoctorRequest): Promise<readonly Check[]> {
  if (people.length === 0) return []
  const missing: string[] = []
  for (const { account, name } of people)
    await rest.get(Routes.guildMember(guild, account)).catch(() => void missing.push(name))
  const what = 'The people of the policy are in the server'
  return [
    missing.length === 0
      ? { what, ok: true }
      : {
          what,
          ok: false,
          warning: true,
          todo: `Not found there: ${missing.join(', ')}. Invite them to the server, or correct their Discord ids in the policy.`,
        },
  ]
}

import type { DiscordSetupError } from '../setup-error.ts'
import { INTENTS_AT, setupError, tokenMissing } from '../setup-error.ts'
import { checkChannels } from './channels.ts'
import type { Check, DoctorRequest } from './check.ts'
import { checkCommands } from './commands.ts'
import type { Facts, GuildRole } from './facts.ts'
import { askFacts, isAdministrator } from './facts.ts'
import { inviteLink } from '../registration/invite-link.ts'
import { checkRoles, checkPeople } from './people.ts'

/**
 * Checks everything that the bot needs on the live server. Never throws. If something basic is missing, checks that
 * depend on it are left out.
 */
export async function runDoctor(request: DoctorRequest): Promise<readonly Check[]> {
  if (request.token === '') return [{ what: 'The bot token', ok: false, todo: tokenMissing().message }]
  let facts: Facts
  try {
    facts = await askFacts(request.rest, request.guild)
  } catch (error) {
    const reason: DiscordSetupError = setupError(error)
    return [
      {
        what: reason.code === 'token-refused' ? 'The bot token' : 'The way to Discord',
        ok: false,
        todo: reason.message,
      },
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
        todo: `Somebody who may manage the server must open this link: ${inviteLink({ application: facts.application, guild: request.guild })} . If the bot is in the server already, check the server’s id.`,
      },
    ]
  return [
    token,
    intents(facts),
    { what: 'The bot is in the server', ok: true },
    permissions(facts.guild),
    twoFactor(facts, facts.guild),
    notAdministrator(facts.guild),
    rolePlace(facts.guild),
    ...(await checkCommands(request, facts)),
    ...(await checkChannels(request, facts)),
    readers(facts.guild),
    ...checkRoles(request, facts.guild),
    ...(await checkPeople(request)),
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

/**
 * Checks two-factor authentication. A server can require it of all moderators. The bot is one of them, because managing
 * channels and roles counts as moderation. For a bot, the account that owns its application must have two-factor
 * authentication:
 * https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags
 */
function twoFactor({ ownerHasTwoFactor }: Facts, { requiresTwoFactor }: NonNullable<Facts['guild']>): Check {
  const label = 'Two-factor authentication'
  if (!requiresTwoFactor)
    return { what: label, ok: true, note: 'the server does not require two-factor authentication of moderators' }
  if (ownerHasTwoFactor === true)
    return { what: label, ok: true, note: 'the account that owns the application has switched it on' }
  const todo =
    'The server requires two-factor authentication of all moderators. For a bot, the owner of its application must have it: the account that owns the application, or the team that owns it. Switch it on in the owner’s account, at User Settings → My Account → Enable Authenticator App. Without it Embargo can neither open channels nor let people into them.'
  return { what: label, ok: false, todo, ...(ownerHasTwoFactor === undefined ? { warning: true } : {}) }
}

const notAdministrator = ({ own }: NonNullable<Facts['guild']>): Check =>
  own.some(isAdministrator)
    ? {
        what: 'The bot is not an administrator',
        ok: false,
        warning: true,
        todo: 'Switch off Administrator in the bot’s role. The bot does not need it, and without it a stolen token can do less.',
      }
    : { what: 'The bot is not an administrator', ok: true }

/**
 * Checks the place of the bot's role, which can manage only roles below it:
 * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
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
    todo: `${above.length} ${above.length === 1 ? 'role is' : 'roles are'} above the bot’s role, so the bot cannot take permissions from them. Drag the bot’s role above those of the people on cases, at Server Settings → Roles.`,
  }
}

/**
 * Names those who can read every channel. On Discord, nobody can keep an administrator of the server out of a channel.
 */
const readers = ({ roles, own }: NonNullable<Facts['guild']>): Check => {
  const isOwn = ({ id, managed }: GuildRole): boolean => managed && own.some((each) => each.id === id)
  const names = roles
    .filter((role) => isAdministrator(role) && !isOwn(role))
    .map(({ name, managed }) => (managed ? `${name} (of a bot or an integration)` : name))
  return {
    what: 'Who can read every channel whatever its permissions',
    ok: true,
    note:
      names.length === 0
        ? 'the owner of the server'
        : `the owner of the server, and everybody with one of these roles: ${names.join(', ')}`,
  }
}

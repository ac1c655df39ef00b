import { OverwriteType, PermissionFlagsBits } from 'discord.js'
import { numberOf } from '../platform/categories.ts'
import type { Channel } from '../platform/channel.ts'
import { isCategory, listChannels } from '../platform/channel.ts'
import { TOPIC } from '../platform/open-channel.ts'
import { anybodyWrites, isClosed, lackedIn, letIn } from '../platform/permissions.ts'
import { ARCHIVE_CATEGORY, CATEGORY } from '../platform/platform.ts'
import { setupError } from '../setup-error.ts'
import type { Check, DoctorRequest } from './check.ts'
import type { Facts } from './facts.ts'

type Server = NonNullable<Facts['guild']>
/** Our channels and categories, and the bot's own member and roles. */
type ServerChannels = {
  readonly all: readonly Channel[]
  readonly ours: readonly Channel[]
  readonly guild: string
  readonly self: string
  readonly server: Server
}

/**
 * Checks all channels of ours. Each channel must be hidden. It must let people in one by one and not by role. Nobody
 * who is not on the case may be let in. The bot must be able to work in the channel. An archived channel must be
 * read-only. No channel may be missing.
 */
export async function checkChannels(request: DoctorRequest, facts: Facts): Promise<readonly Check[]> {
  const { rest, guild } = request
  const { self, guild: server } = facts
  if (server === undefined) return []
  try {
    const all = await listChannels({ rest, guild, self })
    const seen: ServerChannels = { all, ours: all.filter((each) => isOurs(each, request)), guild, self, server }
    return [
      hidden(seen),
      withoutRoles(seen),
      ...withoutStrangers(request, seen),
      usable(seen),
      silent(seen),
      ...lostChannels(request, seen),
    ]
  } catch (error) {
    return [{ what: HIDDEN, ok: false, todo: setupError(error).message }]
  }
}

/**
 * A channel of an open case is ours whatever its topic says, because anybody who may manage the channel can change the
 * topic.
 */
const isOurs = (channel: Channel, { channels = [] }: DoctorRequest): boolean =>
  channel.topic?.startsWith(TOPIC) === true ||
  channels.some(({ channel: id }) => id === channel.id) ||
  isNamed(channel, CATEGORY) ||
  isNamed(channel, ARCHIVE_CATEGORY)

const isNamed = (channel: Channel, name: string): boolean =>
  isCategory(channel) && numberOf(name, channel.name) !== undefined

const HIDDEN = 'The channels of cases and their categories are hidden'

function hidden({ ours, guild }: ServerChannels): Check {
  const open = ours.filter((each) => !isClosed(each.permission_overwrites, guild)).map(({ name }) => name)
  if (open.length === 0) {
    const note = ours.length === 0 ? 'no channel yet: the first case creates one' : `${ours.length} there`
    return { what: HIDDEN, ok: true, note }
  }
  return {
    what: HIDDEN,
    ok: false,
    todo: `Nothing keeps @everyone out of ${open.join(', ')}. Set View Channel to ✕ for @everyone there, then type /channel ok in each case channel that was visible.`,
  }
}

/**
 * Reports roles that are let in. People must be let in one by one, so that exactly the people on the case can read the
 * channel.
 */
function withoutRoles({ ours, guild, self, server }: ServerChannels): Check {
  const label = 'No role is let into the channels of cases'
  const found = ours.flatMap((channel) =>
    letIn(channel.permission_overwrites, self)
      .filter(({ id, type }) => type === OverwriteType.Role && id !== guild)
      .map(({ id }) => `${server.roles.find((role) => role.id === id)?.name ?? id} into ${channel.name}`),
  )
  if (found.length === 0) return { what: label, ok: true }
  return {
    what: label,
    ok: false,
    warning: true,
    todo: `These roles are let in: ${found.join(', ')}. Remove them at Edit Channel → Permissions. If they let in more than a handful of people who are not on the case, Embargo posts nothing in its channel.`,
  }
}

/**
 * Reports strangers in channels. There may be some, because anyone who may manage a channel can let in anybody by name,
 * even a bot.
 */
function withoutStrangers({ channels }: DoctorRequest, { all, self }: ServerChannels): readonly Check[] {
  if (channels === undefined) return []
  const label = 'Only people on an open case are let into its channel'
  const found = channels.flatMap(({ channel, accounts }) => {
    const there = all.find(({ id }) => id === channel)
    if (there === undefined) return []
    return letIn(there.permission_overwrites, self)
      .filter(({ id, type }) => type === OverwriteType.Member && !accounts.includes(id))
      .map(({ id }) => `${id} into ${there.name}`)
  })
  if (found.length === 0) return [{ what: label, ok: true }]
  return [
    {
      what: label,
      ok: false,
      warning: true,
      todo: `These Discord ids are let in: ${found.join(', ')}. Remove them at Edit Channel → Permissions, or add them to the case with /people invite. They may have read the channel: if they should not have, record it with /signal leak.`,
    },
  ]
}

/**
 * Checks the bot's permissions in each channel and category, because somebody may have changed them in a single channel
 * or category.
 */
function usable({ ours, guild, self, server }: ServerChannels): Check {
  const label = 'The bot can work in each channel of a case'
  const roles = server.own.map(({ id }) => id)
  const granted = server.own.reduce((sum, { permissions }) => sum | permissions, 0n)
  if ((granted & PermissionFlagsBits.Administrator) !== 0n) return { what: label, ok: true }
  const kept = ours.flatMap((channel) => {
    const lacks = lackedIn(channel.permission_overwrites, { guild, self, roles, granted })
    return lacks.length === 0 ? [] : [`${channel.name} (${lacks.join(', ')})`]
  })
  if (kept.length === 0) return { what: label, ok: true }
  return {
    what: label,
    ok: false,
    todo: `The bot lacks permissions in ${kept.join('; ')}. Give it these at Edit Channel → Permissions → the bot, or undo what was changed there.`,
  }
}

function silent({ all, ours, self }: ServerChannels): Check {
  const label = 'Nobody writes in the archive'
  const archives = new Set(all.filter((each) => isNamed(each, ARCHIVE_CATEGORY)).map(({ id }) => id))
  const loud = ours
    .filter(({ parent_id: parent }) => archives.has(parent ?? ''))
    .filter((each) => anybodyWrites(each.permission_overwrites, self))
    .map(({ name }) => name)
  if (loud.length === 0) return { what: label, ok: true }
  return {
    what: label,
    ok: false,
    warning: true,
    todo: `People or roles can still write in ${loud.join(', ')}, or in threads there. At Edit Channel → Permissions, set Send Messages, Send Messages in Threads, Create Public Threads and Create Private Threads to ✕ for each person and role that is listed there.`,
  }
}

function lostChannels({ channels }: DoctorRequest, { all }: ServerChannels): readonly Check[] {
  if (channels === undefined) return []
  const label = 'Every open case has its channel'
  const missing = channels.filter(({ channel, lost: known }) => known || !all.some(({ id }) => id === channel))
  if (missing.length === 0) return [{ what: label, ok: true, note: `${channels.length} open with one` }]
  return [
    {
      what: label,
      ok: false,
      warning: true,
      todo: `Without a channel: ${missing.map((one) => one.case).join(', ')}. Embargo opens another when it next posts in the case; /channel open opens it at once.`,
    },
  ]
}

import { isDeepStrictEqual } from 'node:util'
import type { Command } from '../check/commands.ts'
import { checkCommand, checkCommands } from '../check/commands.ts'
import { ApiError } from '../errors.ts'
import type { Guild } from '../guild.ts'
import { COMMAND_CREATES_A_DAY, DAY_MS } from '../limits.ts'
import type { RegisteredCommand } from '../state.ts'
import type { Call, Handler } from './call.ts'
import { created, done, nothing, param } from './call.ts'
import { presentCommand } from './present.ts'

const ownCommands = (call: Call): Guild => {
  const { guild } = call
  if (param(call, 'application_id') !== guild.application.id) throw new ApiError('unknownApplication')
  if (param(call, 'guild_id') !== guild.id || !guild.isInstalled) throw new ApiError('missingAccess')
  return guild
}

const isSame = (one: Command, other: Command): boolean => one.type === other.type && one.name === other.name

const creates = new WeakMap<Guild, number[]>()

// …/interactions/application-commands#registering-a-command: 200 commands can be created a day; registering an existing
// name again does not count.
const countCreates = (guild: Guild, fresh: number): void => {
  const now = guild.clock.monotonic()
  const recent = (creates.get(guild) ?? []).filter((at) => at > now - DAY_MS)
  if (recent.length + fresh > COMMAND_CREATES_A_DAY) throw new ApiError('commandsDaily')
  creates.set(guild, [...recent, ...Array.from({ length: fresh }, () => now)])
}

// A registered name keeps its id. The version changes only if the command changes.
const registered = (guild: Guild, command: Command): RegisteredCommand => {
  const known = guild.commands.find((each) => isSame(each.command, command))
  if (known && isDeepStrictEqual(known.command, command)) return known
  return { id: known?.id ?? guild.ids.next(), version: guild.ids.next(), command }
}

const keep = (guild: Guild, next: readonly RegisteredCommand[]): void => {
  guild.commands = next
  guild.changes.announce()
}

/** https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-guild-application-commands */
export const bulkSet: Handler = (call) => {
  const guild = ownCommands(call)
  const all = checkCommands(call.body)
  countCreates(guild, all.filter((each) => !guild.commands.some(({ command }) => isSame(command, each))).length)
  keep(
    guild,
    all.map((command) => registered(guild, command)),
  )
  return done(guild.commands.map((each) => presentCommand(guild, each)))
}

/** …/application-commands#get-guild-application-commands */
export const list: Handler = (call) => {
  const guild = ownCommands(call)
  return done(guild.commands.map((each) => presentCommand(guild, each)))
}

/** …/application-commands#create-guild-application-command: a command with the same name is replaced. */
export const create: Handler = (call) => {
  const guild = ownCommands(call)
  const command = checkCommand(call.body)
  const isNew = !guild.commands.some((each) => isSame(each.command, command))
  checkCommands([...guild.commands.map((each) => each.command).filter((each) => !isSame(each, command)), command])
  countCreates(guild, isNew ? 1 : 0)
  const kept = registered(guild, command)
  keep(guild, [...guild.commands.filter((each) => !isSame(each.command, command)), kept])
  const answer = presentCommand(guild, kept)
  return isNew ? created(answer) : done(answer)
}

const one = (call: Call): RegisteredCommand => {
  const found = ownCommands(call).commands.find((each) => each.id === param(call, 'command_id'))
  if (!found) throw new ApiError('unknownCommand')
  return found
}

/** …/application-commands#get-guild-application-command */
export const get: Handler = (call) => done(presentCommand(call.guild, one(call)))

/** …/application-commands#delete-guild-application-command */
export const remove: Handler = (call) => {
  const found = one(call)
  keep(
    call.guild,
    call.guild.commands.filter((each) => each !== found),
  )
  return nothing()
}

import type { Json, JsonObject } from '@embargo/emulator-kit'
import { asJsonObject } from '@embargo/emulator-kit'
import type { ChatCommand } from '../check/commands.ts'
import type { Option, ValueOption } from '../check/options.ts'
import type { Guild } from '../guild.ts'
import { presentChannel, presentRole } from '../rest/present.ts'
import { presentAttachment } from '../rest/present-message.ts'
import type { Attachment } from '../state.ts'
import { NotPossible } from './not-possible.ts'
import { resolvedUsers } from './payloads.ts'

export type AttachedFile = {
  readonly name: string
  readonly type?: string
  readonly bytes: Buffer | Uint8Array | string
}

/** What a person fills in for an option: text, a number, yes or no, the id of a person, role or channel, or a file. */
export type OptionValue = string | number | boolean | AttachedFile

export type OptionValues = Readonly<Record<string, OptionValue>>

const isFile = (value: OptionValue): value is AttachedFile => typeof value === 'object'

/** The file as an attachment on the CDN. */
export const attach = (guild: Guild, file: AttachedFile): Attachment => {
  const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes) : Buffer.from(file.bytes)
  guild.remember([file.name, bytes.toString('utf8')])
  return {
    id: guild.ids.next(),
    filename: file.name.replaceAll(/[^\w.-]/g, '_'),
    description: undefined,
    contentType: file.type ?? 'application/octet-stream',
    bytes,
  }
}

type ResolvedObjects = { users: string[]; roles: JsonObject; channels: JsonObject; attachments: JsonObject }

const need = (holds: boolean, option: ValueOption, problem: string): void => {
  if (!holds) throw new NotPossible(`The option ${option.name} takes ${problem}.`)
}

const within = (value: number, min: number | null | undefined, max: number | null | undefined): boolean =>
  value >= (min ?? -Infinity) && value <= (max ?? Infinity)

const readText = (option: Extract<ValueOption, { type: 3 }>, value: OptionValue): Json => {
  need(typeof value === 'string' && value !== '', option, 'text')
  const text = String(value)
  if (option.choices && option.choices.length > 0) {
    const chosen = option.choices.find((each) => each.value === text || each.name === text)
    if (!chosen) throw new NotPossible(`${option.name} offers no ${text}.`)
    return chosen.value
  }
  need(within(text.length, option.min_length, option.max_length ?? 6000), option, 'text of another length')
  return text
}

const readNumber = (option: Extract<ValueOption, { type: 4 | 10 }>, value: OptionValue): Json => {
  need(typeof value === 'number' && (option.type === 10 || Number.isInteger(value)), option, 'a number')
  const number = Number(value)
  const choices = option.choices ?? []
  need(choices.length === 0 || choices.some((each) => each.value === number), option, 'one of its choices')
  need(within(number, option.min_value, option.max_value), option, 'a number in its bounds')
  return number
}

const readValue = (guild: Guild, option: ValueOption, value: OptionValue, resolved: ResolvedObjects): Json => {
  switch (option.type) {
    case 3:
      return readText(option, value)
    case 4:
    case 10:
      return readNumber(option, value)
    case 5:
      need(typeof value === 'boolean', option, 'yes or no')
      return Boolean(value)
    case 11: {
      if (!isFile(value)) throw new NotPossible(`The option ${option.name} takes a file.`)
      const file = attach(guild, value)
      resolved.attachments = { ...resolved.attachments, [file.id]: presentAttachment(guild, 'ephemeral', file) }
      return file.id
    }
    case 6:
    case 7:
    case 8:
    case 9: {
      const id = String(value)
      const [user, role, channel] = [guild.users.get(id), guild.roles.get(id), guild.channels.get(id)]
      if (user && option.type !== 8) resolved.users.push(id)
      if (role) resolved.roles = { ...resolved.roles, [id]: presentRole(role) }
      if (channel) resolved.channels = { ...resolved.channels, [id]: presentChannel(guild, channel) }
      const fitting = { 6: user, 7: channel, 8: role, 9: user ?? role }[option.type]
      need(fitting !== undefined, option, 'somebody or something of the guild')
      return id
    }
    default:
      return option satisfies never
  }
}

const isValue = (option: Option): option is ValueOption => option.type > 2

/** The part of a command that is sent to the app: the path of subcommands, and the values. */
export const commandData = (
  guild: Guild,
  command: ChatCommand,
  typed: {
    readonly path: readonly string[]
    readonly values: OptionValues
    /**
     * The option in which the person is still typing. Its value is the text so far. Until the person has finished, no
     * option is required.
     */
    readonly focused?: string
  },
): JsonObject => {
  const resolved: ResolvedObjects = { users: [], roles: {}, channels: {}, attachments: {} }
  const fill = (options: readonly Option[], path: readonly string[]): Json[] => {
    const [first, ...rest] = path
    if (first !== undefined) {
      const sub = options.find((each) => each.name === first)
      if (!sub || isValue(sub)) throw new NotPossible(`There is no subcommand ${first}.`)
      return [{ name: sub.name, type: sub.type, options: fill(sub.options ?? [], rest) }]
    }
    const takers = options.filter(isValue)
    if (takers.length < options.length) throw new NotPossible('The command wants a subcommand.')
    for (const name of Object.keys(typed.values)) {
      if (!takers.some((each) => each.name === name)) throw new NotPossible(`The command has no option ${name}.`)
    }
    return takers.flatMap((option): Json[] => {
      const value = typed.values[option.name]
      const head = { name: option.name, type: option.type }
      if (typed.focused === option.name) return [{ ...head, value: String(value ?? ''), focused: true }]
      if (value === undefined) {
        if (option.required === true && typed.focused === undefined) {
          throw new NotPossible(`The option ${option.name} is required.`)
        }
        return []
      }
      return [{ ...head, value: readValue(guild, option, value, resolved) }]
    })
  }
  const options = fill(command.options ?? [], typed.path)
  const { users, ...others } = resolved
  return asJsonObject({ type: 1, name: command.name, options, resolved: { ...resolvedUsers(guild, users), ...others } })
}

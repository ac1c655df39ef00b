import { ApplicationCommandType } from 'discord.js'
import { COMMAND_CHARS_MAX, COMMAND_NAME_MAX, COMMANDS_MAX, MESSAGE_COMMANDS_MAX } from '../limits.ts'
import type { RegisteredCommand } from './commands.ts'

/**
 * Lower-case letters, digits, dashes and underscores:
 * https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
 */
const NAME = /^[a-z0-9_-]{1,32}$/

/**
 * The problems for which Discord would refuse the commands, and what to do about each. If the list is empty, they can
 * be registered.
 */
export function lintCommands(commands: readonly RegisteredCommand[]): readonly string[] {
  const slash = commands.filter(({ type }) => type === ApplicationCommandType.ChatInput)
  const menus = commands.filter(({ type }) => type === ApplicationCommandType.Message)
  return [
    ...(slash.length > COMMANDS_MAX
      ? [`There are ${slash.length} commands, and Discord accepts at most ${COMMANDS_MAX}. Remove some.`]
      : []),
    ...(menus.length > MESSAGE_COMMANDS_MAX
      ? [`There are ${menus.length} entries in a message’s menu, and Discord accepts at most ${MESSAGE_COMMANDS_MAX}.`]
      : []),
    ...slash.flatMap((command) => lintOne(command)),
    ...menus
      .filter(({ name }) => name.length > COMMAND_NAME_MAX)
      .map(({ name }) => `The menu entry ${name} is longer than ${COMMAND_NAME_MAX} characters. Shorten it.`),
  ]
}

function lintOne(command: RegisteredCommand): readonly string[] {
  const { name } = command
  const options = ('options' in command ? command.options : undefined) ?? []
  const names = options.map((option) => option.name)
  return [
    ...[name, ...names]
      .filter((each) => !NAME.test(each))
      .map(
        (each) =>
          `${each} of /${name} is not a valid name in Discord. Use small letters, digits and dashes, at most ${COMMAND_NAME_MAX}.`,
      ),
    ...names
      .filter((each, index) => names.indexOf(each) !== index)
      .map((each) => `/${name} has two options called ${each}.`),
    ...(charsOf(command) > COMMAND_CHARS_MAX
      ? [
          `/${name} has ${charsOf(command)} characters with its options, and Discord accepts at most ${COMMAND_CHARS_MAX}. Shorten its texts.`,
        ]
      : []),
  ]
}

/** The size as Discord counts it: names, descriptions and values of choices together. */
function charsOf(command: RegisteredCommand): number {
  const options = ('options' in command ? command.options : undefined) ?? []
  const counted = options.map((option) => {
    const choices = 'choices' in option && option.choices !== undefined ? option.choices : []
    const listed = choices.map(({ name, value }) => name.length + String(value).length)
    return listed.reduce((sum, each) => sum + each, option.name.length + option.description.length)
  })
  const description = 'description' in command ? (command.description ?? '').length : 0
  return counted.reduce((sum, each) => sum + each, command.name.length + description)
}

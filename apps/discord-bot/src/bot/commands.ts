import { errorName } from '@embargo/bot-kit'
import { failedCard, fileNotTakenCard, formOfTyped, noCaseCard, resolve, wayOption } from '@embargo/chat'
import type { Form, Input } from '@embargo/chat'
import { CaseId, ROOT } from '@embargo/core'
import type { ChatInputCommandInteraction, CommandInteractionOption } from 'discord.js'
import { CASE_OPTION, flagOf, optionName, TEXT_OPTION } from '../registration/commands.ts'
import type { AnswerTarget } from './answer.ts'
import { answer, defer, tell, tellAtOnce } from './answer.ts'
import type { BotCommand, BotContext, BotOption } from './context.ts'
import type { DiscordFile } from '../platform/download-files.ts'
import { channelOf, invokeWith, withPeople } from './invoke.ts'
import type { GivenAttachment } from './invoke.ts'
import { commandOf, openForm } from './open-form.ts'

export type CommandInput = {
  readonly values: Readonly<Record<string, string>>
  readonly files: readonly GivenAttachment[]
}

/**
 * Handles a slash command. If it needs a form, the form opens at once; otherwise Discord is told first that an answer
 * is coming.
 */
export async function onCommand(context: BotContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const slashCommand = meantBy(context, interaction.commandName, interaction.options.data)
  if ('text' in slashCommand) return onText(context, interaction, slashCommand.text)
  const { verb, command, given } = slashCommand
  const named = given.values[CASE_OPTION]
  if (named !== undefined && !CaseId.safeParse(named).success) {
    // Without this check, the command would apply to the case of the channel.
    return tellAtOnce(context, interaction, noCaseCard())
  }
  // If the account belongs to nobody whom we know, no form opens: the command is refused before the user writes
  // anything.
  const isSomebody = context.engine.queries.personOfAccount('discord', interaction.user.id) !== undefined
  if (isSomebody && command !== undefined && asksFirst(command, given)) {
    if (await openForm(context, { interaction, verb, input: given.values })) return
  }
  const target = await defer(interaction)
  try {
    await run(context, target, { verb, input: given.values, files: given.files })
  } catch (error) {
    context.log.error('a slash command failed', {
      verb: command === undefined ? 'unknown' : verb,
      error: errorName(error),
    })
    await tell(context, target, failedCard(error))
    throw error
  }
}

type ResolvedCommand =
  | { readonly text: string }
  | { readonly verb: string; readonly command: BotCommand | undefined; readonly given: CommandInput }

/**
 * The command that was picked, with the values of its options. The root command has one option, a text in which another
 * command is typed. For the root command, only this text is returned.
 */
export function meantBy(context: BotContext, verb: string, data: readonly CommandInteractionOption[]): ResolvedCommand {
  if (verb === ROOT)
    return { text: withPeople(context, String(data.find(({ name }) => name === TEXT_OPTION)?.value ?? '')) }
  const base = commandOf(context, verb)
  const way = data.find(({ name }) => name === optionName(wayOption(base)))?.value
  const named = commandOf(context, `${verb}.${String(way)}`)
  const command = named ?? base
  const others = named === undefined ? data : data.filter(({ name }) => name !== optionName(wayOption(base)))
  return { verb: command?.verb ?? verb, command, given: read(context, command, others) }
}

/**
 * Handles a whole command that was typed as one text, as on other platforms. If a value is missing, the command's form
 * opens.
 */
async function onText(context: BotContext, interaction: ChatInputCommandInteraction, text: string): Promise<void> {
  const found = resolve(context.router.commands, { verb: ROOT, input: text })
  const isSomebody = context.engine.queries.personOfAccount('discord', interaction.user.id) !== undefined
  if (isSomebody && !('unknown' in found) && typeof found.input === 'string') {
    const form = isOfferedEverywhere(found.command) ? formOfTyped(found.command, found.input) : undefined
    if (form !== undefined && (await openForm(context, { interaction, verb: form.verb, input: valuesOf(form) }))) return
  }
  const target = await defer(interaction)
  try {
    await run(context, target, { verb: ROOT, input: text, files: [] })
  } catch (error) {
    context.log.error('a slash command failed', {
      verb: 'unknown' in found ? 'unknown' : found.command.verb,
      error: errorName(error),
    })
    await tell(context, target, failedCard(error))
    throw error
  }
}

const valuesOf = ({ hidden, fields }: Form): Readonly<Record<string, string>> => ({
  ...hidden,
  ...Object.fromEntries(fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
})

type Run = { readonly verb: string; readonly input: Input; readonly files: readonly GivenAttachment[] }

async function run(context: BotContext, target: AnswerTarget, { verb, input, files }: Run): Promise<void> {
  const { interaction } = target
  const request = {
    verb,
    input,
    user: interaction.user.id,
    channel: channelOf(interaction),
    delivery: `command:${interaction.id}`,
  }
  const reply = await invokeWith(context, request, files)
  if ('because' in reply) return tell(context, target, fileNotTakenCard(reply.because))
  await answer(context, target, reply)
}

/** The values of the options. Discord's option names are kebab-case; a value for an unknown option is left out. */
export function read(
  context: BotContext,
  command: BotCommand | undefined,
  data: readonly CommandInteractionOption[],
): CommandInput {
  const known = new Map(command?.options.map((option) => [optionName(option.name), option]))
  const values: Record<string, string> = {}
  const files: GivenAttachment[] = []
  for (const { name, value, attachment } of data) {
    const option = known.get(name)
    if (option === undefined && name !== CASE_OPTION) continue
    if (attachment !== undefined && attachment !== null && option !== undefined)
      files.push(attached(option, attachment))
    else {
      const text = textOf(option, value)
      if (text !== undefined) values[option?.name ?? CASE_OPTION] = valueOf(context, option, text)
    }
  }
  return { values, files }
}

/**
 * An option's value as people would type it elsewhere: a number becomes its digits, and `true` becomes the option's
 * flag word.
 */
function textOf(option: BotOption | undefined, value: CommandInteractionOption['value']): string | undefined {
  if (value === true) return option === undefined ? undefined : flagOf(option)
  if (value === false || value === undefined) return undefined
  return String(value)
}

const attached = (option: BotOption, file: DiscordFile): GivenAttachment => ({
  option: option.name,
  file,
  ...(option.most === undefined ? {} : { most: option.most }),
})

function valueOf(context: BotContext, option: BotOption | undefined, value: string): string {
  if (option === undefined || option.name === CASE_OPTION) return value.trim().toUpperCase()
  return option.kind === 'text' ? withPeople(context, value) : value
}

/**
 * Whether the command is offered on every platform and in every profile. If not, only the router knows whether it is
 * offered here.
 */
const isOfferedEverywhere = ({ allowed }: BotCommand): boolean =>
  allowed?.platforms === undefined && allowed?.profiles === undefined

/** Whether a form must open first, because a long text, a file or another needed value is missing. */
function asksFirst(command: BotCommand, { values, files }: CommandInput): boolean {
  if (!isOfferedEverywhere(command)) return false
  return command.options.some(
    ({ name, kind, hidden, carried, required, wanted, needed, orFile }) =>
      !hidden &&
      !carried &&
      (kind === 'long-text' ? required || wanted || needed : required) &&
      values[name] === undefined &&
      !files.some((each) => each.option === orFile || each.option === name),
  )
}

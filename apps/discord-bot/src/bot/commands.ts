import { errorName } from '@embargo/bot-kit'
import { failedCard, fileNotTakenCard, noCaseCard } from '@embargo/chat'
import { CaseId } from '@embargo/core'
import type { ChatInputCommandInteraction, CommandInteractionOption } from 'discord.js'
import { CASE_OPTION, flagOf, optionName } from '../registration/commands.ts'
import type { AnswerTarget } from './answer.ts'
import { answer, defer, tell, tellAtOnce } from './answer.ts'
import type { BotCommand, BotContext, BotOption } from './context.ts'
import type { Attached } from '../platform/download-files.ts'
import { channelOf, invokeWith, withPeople } from './invoke.ts'
import type { GivenAttachment } from './invoke.ts'
import { commandOf, openForm } from './open-form.ts'

export type CommandInput = {
  readonly values: Readonly<Record<string, string>>
  readonly files: readonly GivenAttachment[]
}

/** A slash command: a form opens at once if one is needed; any other answer is announced first. */
export async function onCommand(context: BotContext, interaction: ChatInputCommandInteraction): Promise<void> {
  const verb = interaction.commandName
  const command = commandOf(context, verb)
  const given = read(context, command, interaction.options.data)
  const named = given.values[CASE_OPTION]
  if (named !== undefined && !CaseId.safeParse(named).success) {
    // It would be taken for a command about the channel's own case.
    return tellAtOnce(context, interaction, noCaseCard())
  }
  // An account of nobody is refused before it writes anything.
  const isSomebody = context.engine.queries.personOfAccount('discord', interaction.user.id) !== undefined
  if (isSomebody && command !== undefined && asksFirst(command, given)) {
    if (await openForm(context, { interaction, verb, input: given.values })) return
  }
  const asked = await defer(interaction)
  try {
    await run(context, asked, { verb, given })
  } catch (error) {
    context.log.error('a slash command failed', {
      verb: command === undefined ? 'unknown' : verb,
      error: errorName(error),
    })
    await tell(context, asked, failedCard(error))
    throw error
  }
}

type Run = { readonly verb: string; readonly given: CommandInput }

async function run(context: BotContext, asked: AnswerTarget, { verb, given }: Run): Promise<void> {
  const { interaction } = asked
  const said = {
    verb,
    input: given.values,
    user: interaction.user.id,
    channel: channelOf(interaction),
    delivery: `command:${interaction.id}`,
  }
  const reply = await invokeWith(context, said, given.files)
  if ('because' in reply) return tell(context, asked, fileNotTakenCard(reply.because))
  await answer(context, asked, reply)
}

/** Discord's names are kebab-case; a value that is no option of ours is left out. */
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

/** An option's value as it would be typed elsewhere: a number in digits, `true` as the option's flag word. */
function textOf(option: BotOption | undefined, value: CommandInteractionOption['value']): string | undefined {
  if (value === true) return option === undefined ? undefined : flagOf(option)
  if (value === false || value === undefined) return undefined
  return String(value)
}

const attached = (option: BotOption, file: Attached): GivenAttachment => ({
  option: option.name,
  file,
  ...(option.most === undefined ? {} : { most: option.most }),
})

function valueOf(context: BotContext, option: BotOption | undefined, value: string): string {
  if (option === undefined || option.name === CASE_OPTION) return value.trim().toUpperCase()
  return option.kind === 'text' ? withPeople(context, value) : value
}

/**
 * Whether a long text is missing that only a form, or a file, can provide. Offered only in some deployments: the router
 * decides.
 */
function asksFirst({ options, allowed }: BotCommand, { values, files }: CommandInput): boolean {
  if (allowed?.platforms !== undefined || allowed?.profiles !== undefined) return false
  return options.some(
    ({ name, kind, hidden, carried, required, wanted, needed, orFile }) =>
      kind === 'long-text' &&
      !hidden &&
      !carried &&
      (required || wanted || needed) &&
      values[name] === undefined &&
      !files.some((each) => each.option === orFile || each.option === name),
  )
}

import { PLATFORM_WORDS, PLATFORMS, ROOT } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { COMMANDS } from './commands/index.ts'
import type { ChatCommand } from './chat-command.ts'
import { kebab } from './option.ts'
import type { OptionInfo } from './option.ts'
import { bytesInWords } from './text/bytes.ts'
import { typedName } from './verbs.ts'

const anchorOf = (verb: string): string => verb.replaceAll('.', '-')

const EVERYWHERE = 'every profile and platform'

/**
 * The command reference of the documentation, as Markdown: one section for each command, generated from the command
 * registry.
 */
export function commandReference(commands: readonly ChatCommand[] = COMMANDS): string {
  return [
    '# Commands',
    '',
    'Generated from the command registry by `npm run docs`. Do not edit this page.',
    '',
    `Type a command in the channel of its case: ${PLATFORMS.map(typedOn).join(', ')}. A command marked *short* also has a slash command of its own, besides \`/${ROOT}\`. Parts in \`[…]\` are optional. If a needed part is missing, a form asks for it.`,
    '',
    `There are ${verbCount(commands)} verbs. Some have sub-words, such as \`why\` in \`status why\`. On a platform that shows a field for each option, the sub-word has a field too. After \`/${ROOT}\`, type everything in one line.`,
    '',
    '| command | what it does | who |',
    '|---|---|---|',
    ...commands.map(
      ({ verb, summary, allowed }) =>
        `| [\`${typedName(verb)}\`](#${anchorOf(verb)}) | ${inCell(summary)} | ${inCell(allowed.who)} |`,
    ),
    '',
    ...commands.flatMap(sectionOf),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

function sectionOf(command: ChatCommand): readonly string[] {
  const options = command.options.filter((option) => !option.hidden)
  return [
    `## ${typedName(command.verb)}`,
    '',
    `${command.summary}.`,
    '',
    `\`${usageIn(command)}\`${command.short ? ' (short)' : ''}`,
    '',
    `Who: ${command.allowed.who}. Where: ${whereOf(command)}`,
    '',
    ...(options.length === 0
      ? []
      : ['| option | label | value |', '|---|---|---|', ...options.map((option) => optionRow(option)), '']),
  ]
}

/** How the command is typed in Slack. If only one platform has the command: how it is typed on that platform. */
function usageIn({ allowed: { platforms = [] }, short, usage }: ChatCommand): string {
  const [only, ...others] = platforms
  if (only !== undefined && others.length === 0) return PLATFORM_WORDS[only].typed(usage, {})
  return `/${short ? '' : `${ROOT} `}${usage}`
}

function whereOf({ allowed, about }: ChatCommand): string {
  const profiles = allowed.profiles === undefined ? undefined : `profile ${allowed.profiles.join(', ')}`
  const platforms = allowed.platforms === undefined ? undefined : allowed.platforms.map(platformName).join(', ')
  const narrowed = [profiles, platforms].filter((one) => one !== undefined).join(', ')
  return `${narrowed === '' ? EVERYWHERE : narrowed}. ${about === 'case' ? 'The command concerns one case.' : 'The command may concern one case, several, or none.'}`
}

/** How a command is typed on a platform. In the terminal, which has no channels, the case's number is typed too. */
const typedOn = (platform: Platform): string =>
  `${PLATFORM_WORDS[platform].where} \`${PLATFORM_WORDS[platform].typed('<verb>', {})}\``

const platformName = (platform: Platform): string => platform.charAt(0).toUpperCase() + platform.slice(1)

function optionRow(option: OptionInfo): string {
  if (option.kind === 'file')
    return `| a file | ${inCell(option.label)} (optional) | in chat; at most ${bytesInWords(option.most ?? 0)} |`
  const name = option.takes === 'named' ? `--${kebab(option.name)} <${option.shownAs}>` : option.shownAs
  const values = option.choices?.map(({ value }) => `\`${value}\``).join(', ') ?? option.hint ?? HOW[option.takes]
  return `| \`${inCell(name)}\` | ${inCell(option.label)}${option.needed ? '' : ' (optional)'} | ${inCell(values)} |`
}

const HOW: Readonly<Record<OptionInfo['takes'], string>> = {
  word: 'one word',
  words: 'one word or several',
  time: 'a time, or a date',
  rest: 'the rest of the line',
  named: 'the text after the option',
}

const inCell = (text: string): string => text.replaceAll('|', '\\|')

const verbCount = (commands: readonly ChatCommand[]): number =>
  new Set(commands.map(({ verb }) => verb.split('.')[0])).size

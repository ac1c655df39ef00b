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
    'Made from the registry by `npm run docs`; do not edit it by hand.',
    '',
    `A command is typed in the channel of its case: ${PLATFORMS.map(typedOn).join(', ')}. Those marked *short* have a slash command of their own beside \`/${ROOT}\`. What is in \`[…]\` may be left out. A form asks for what is missing.`,
    '',
    `${verbCount(commands)} verbs; sub-words follow their verb. Where a platform has a field for each option, the sub-word is one of these fields; \`/${ROOT}\` takes any line.`,
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
    `\`/${command.short ? '' : `${ROOT} `}${command.usage}\`${command.short ? ' (short)' : ''}`,
    '',
    `Who: ${command.allowed.who}. Where: ${whereOf(command)}.`,
    '',
    ...(options.length === 0
      ? []
      : ['| option | | takes |', '|---|---|---|', ...options.map((option) => optionRow(option)), '']),
  ]
}

function whereOf({ allowed, about }: ChatCommand): string {
  const profiles = allowed.profiles === undefined ? undefined : `profile ${allowed.profiles.join(', ')}`
  const platforms = allowed.platforms === undefined ? undefined : allowed.platforms.map(platformName).join(', ')
  const narrowed = [profiles, platforms].filter((one) => one !== undefined).join(', ')
  return `${narrowed === '' ? EVERYWHERE : narrowed}; ${about === 'case' ? 'about one case' : 'about anything'}`
}

/** The terminal has no channels, so the case's number is typed there. */
const typedOn = (platform: Platform): string =>
  `${PLATFORM_WORDS[platform].where} \`${PLATFORM_WORDS[platform].typed('<verb>', {})}\``

const platformName = (platform: Platform): string => platform.charAt(0).toUpperCase() + platform.slice(1)

function optionRow(option: OptionInfo): string {
  if (option.kind === 'file')
    return `| a file | ${inCell(option.label)} (may be left out) | in chat; at most ${bytesInWords(option.most ?? 0)} |`
  const name = option.takes === 'named' ? `--${kebab(option.name)} <${option.shownAs}>` : option.shownAs
  const values = option.choices?.map(({ value }) => `\`${value}\``).join(', ') ?? option.hint ?? HOW[option.takes]
  return `| \`${inCell(name)}\` | ${inCell(option.label)}${option.needed ? '' : ' (may be left out)'} | ${inCell(values)} |`
}

const HOW: Readonly<Record<OptionInfo['takes'], string>> = {
  word: 'one word',
  words: 'one word or several',
  time: 'a time, or a date',
  rest: 'the rest of the line',
  named: 'by its name',
}

const inCell = (text: string): string => text.replaceAll('|', '\\|')

const verbCount = (commands: readonly ChatCommand[]): number =>
  new Set(commands.map(({ verb }) => verb.split('.')[0])).size

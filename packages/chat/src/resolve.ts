import { CaseId, ROOT } from '@embargo/core'
import { ALIASES } from './aliases.ts'
import type { ChatCommand } from './chat-command.ts'
import { nearest, oneTypoFrom } from './nearest.ts'
import type { OptionInfo } from './option.ts'
import { wordsOf } from './text/words.ts'
import type { Input } from './types.ts'
import { typedName } from './verbs.ts'

/** The part of a command that is needed to find the command. */
export type NamedCommand = Pick<ChatCommand, 'verb' | 'parse' | 'fits'> & {
  readonly options: readonly Pick<OptionInfo, 'name' | 'hidden' | 'choices'>[]
}

/** The command that somebody means, and its input without the command's name. */
export type CommandMatch<Command> = {
  readonly command: Command
  readonly input: Input
  readonly replaced?: WordReplacement
}

/** Former words that were typed, and the words that replace them. */
export type WordReplacement = { readonly old: string; readonly by: string }

/** There is no command of that name. `near`: names that were probably meant. */
export type UnknownName = { readonly unknown: string; readonly near: readonly string[] }

type TypedInput = { readonly verb: string; readonly input: Input }

/**
 * Finds the command for what was typed, pressed or submitted. Typed text can begin with the names of several commands:
 * the longest name wins, so `people invite @cy` is `people.invite`. If the word after a verb is not a sub-word, it
 * begins the verb's input. The case number may follow the verb.
 */
export function resolve<Command extends NamedCommand>(
  commands: readonly Command[],
  { verb, input }: TypedInput,
): CommandMatch<Command> | UnknownName {
  if (typeof input === 'string')
    return resolveText(
      commands,
      verb === ROOT ? (input.trim() === '' ? 'status' : input) : `${typedName(verb)} ${input}`,
    )
  const command = commands.find((one) => one.verb === verb)
  const way = wayNamed(commands, verb, input)
  if (way !== undefined) return way
  if (command === undefined) return resolveOld(commands, verb, input)
  const isOld = Object.entries(input).some(([name, value]) => isOldValue(verb, value) && !command.fits(name, value))
  return isOld ? resolveOld(commands, verb, input) : { command, input }
}

/**
 * The name of the option in which people on some platforms select a verb's sub-word, for example the `invite` in
 * `people invite`. If the verb's first option is a choice, people select the sub-word there. Otherwise the option is
 * called `what`.
 */
export function wayOption(base: Pick<NamedCommand, 'options'> | undefined): string {
  const [first] = base?.options.filter(({ hidden }) => !hidden) ?? []
  return first?.choices === undefined ? 'what' : first.name
}

/**
 * The sub-command that the named values select: the value of the option that `wayOption` names is its sub-word.
 * Undefined if that value is missing or is not a sub-word. Only platforms on which people select the sub-word in an
 * option send a sub-word as a value.
 */
function wayNamed<Command extends NamedCommand>(
  commands: readonly Command[],
  verb: string,
  input: Exclude<Input, string>,
): CommandMatch<Command> | undefined {
  const { [wayOption(commands.find((one) => one.verb === verb))]: word, ...rest } = input
  const way = word === undefined ? undefined : commands.find((one) => one.verb === `${verb}.${word}`)
  return way && { command: way, input: rest }
}

function resolveText<Command extends NamedCommand>(
  commands: readonly Command[],
  text: string,
): CommandMatch<Command> | UnknownName {
  const { words, rest } = nameWords(text)
  const known = longest(words, (name) => commands.find(({ verb }) => typedName(verb) === name))
  const old = longest(words, (name) => ALIASES.get(name))
  if (old !== undefined && old.taken > (known?.taken ?? 0)) {
    const by = `${old.found} ${rest(old.taken)}`
    const now = resolveText(commands, by)
    return 'unknown' in now ? now : { ...now, replaced: { old: words.slice(0, old.taken).join(' '), by: old.found } }
  }
  if (known === undefined) return unresolved(commands, words)
  const { found: command, taken } = known
  const slip = words[taken] === undefined ? undefined : mistypedWay(commands, command, words[taken], rest(taken))
  return slip ?? { command, input: rest(taken) }
}

type NameWords = {
  /** The first typed words in lower case, without a leading slash. A case number after the verb is left out. */
  readonly words: readonly string[]
  /** The text after the first `taken` words. If a case number followed the verb, the number is put before this text. */
  readonly rest: (taken: number) => string
}

/** A name is a verb with at most two sub-words. */
const NAME_WORDS_MAX = 3

function nameWords(text: string): NameWords {
  const all = wordsOf(text)
  const number = CaseId.safeParse(all[1]?.text.toUpperCase()).success ? all[1] : undefined
  const named = all.filter((word) => word !== number).slice(0, NAME_WORDS_MAX + 1)
  return {
    words: named.map(({ text: word, quoted }) => (quoted ? '' : word.toLowerCase().replace(/^\//, ''))),
    rest: (taken) => {
      const after = text.slice(Math.max(named[taken - 1]?.end ?? 0, number?.end ?? 0)).trim()
      return number === undefined ? after : `${number.text} ${after}`.trim()
    },
  }
}

function longest<Found>(
  words: readonly string[],
  find: (name: string) => Found | undefined,
): { readonly found: Found; readonly taken: number } | undefined {
  for (let taken = Math.min(words.length, NAME_WORDS_MAX); taken > 0; taken -= 1) {
    const found = find(words.slice(0, taken).join(' '))
    if (found !== undefined) return { found, taken }
  }
  return undefined
}

/**
 * Suggests a sub-word of the verb that is one typo away from `word`, the typed word after the verb. Undefined if no
 * sub-word is that near, or if the command accepts the typed text as its input.
 */
function mistypedWay<Command extends NamedCommand>(
  commands: readonly Command[],
  { verb, parse }: Command,
  word: string,
  rest: string,
): UnknownName | undefined {
  const ways = waysOf(commands, verb)
  const near = oneTypoFrom(word, ways)
  if (near === undefined || parse(rest, { branches: [] }).ok) return undefined
  return { unknown: `${typedName(verb)} ${word}`, near: [`${typedName(verb)} ${near}`] }
}

/** The sub-words of a verb that are commands of their own. */
export const waysOf = (commands: readonly Pick<NamedCommand, 'verb'>[], verb: string): readonly string[] =>
  commands.flatMap((one) => (one.verb.startsWith(`${verb}.`) ? [typedName(one.verb.slice(verb.length + 1))] : []))

function unresolved(commands: readonly NamedCommand[], words: readonly string[]): UnknownName {
  const [verb = '', word] = words
  const ways = waysOf(commands, verb)
  if (ways.length > 0) {
    const near = word === undefined ? undefined : nearest(word, ways)
    return {
      unknown: word === undefined ? verb : `${verb} ${word}`,
      near: (near === undefined ? ways : [near]).map((way) => `${verb} ${way}`),
    }
  }
  const names = commands.map((command) => typedName(command.verb))
  const near = nearest(verb, [...new Set(names.map((name) => name.split(' ')[0] ?? name)), ...names])
  return { unknown: verb, near: near === undefined ? [] : [near] }
}

const isOldValue = (verb: string, value: string): boolean => ALIASES.has(`${verb} ${value}`)

/**
 * Resolves a button or form that was made before a command was renamed: its verb or one of its values is a former word.
 * Each value already has the name of its option.
 */
function resolveOld<Command extends NamedCommand>(
  commands: readonly Command[],
  verb: string,
  input: Exclude<Input, string>,
): CommandMatch<Command> | UnknownName {
  const typed = Object.entries(input).filter(([, value]) => isOldValue(verb, value))
  const [name, word] = typed[0] ?? []
  const by = ALIASES.get(word === undefined ? verb : `${verb} ${word}`)
  const now = by === undefined ? undefined : resolveText(commands, by)
  if (now === undefined || 'unknown' in now) return unresolved(commands, [verb])
  const { command } = now
  const parsed = command.parse(typeof now.input === 'string' ? now.input : '', { branches: [] })
  const kept = Object.entries(input).filter(([option]) => option !== name)
  return { command, input: { ...(parsed.ok ? parsed.values : {}), ...Object.fromEntries(kept) } }
}

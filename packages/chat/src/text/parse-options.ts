import type { OptionInfo, OptionShape } from '../option.ts'
import { choicesInWords, isTyped, kebab } from '../option.ts'
import { oneTypoFrom } from '../nearest.ts'
import { isTime } from './read-until.ts'
import { wordsOf } from './words.ts'
import type { Word } from './words.ts'

/** What the parser knows of the named case: its branches, so that a note is not mistaken for a branch. */
export type KnownCase = { readonly branches: readonly string[] }

export type ParsedOptions =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly because: string }

type ParseState = {
  readonly shape: OptionShape
  readonly options: readonly OptionInfo[]
  readonly known: KnownCase
  readonly text: string
  readonly words: readonly Word[]
  readonly values: Record<string, string>
}

type Step = { readonly next: number } | { readonly because: string }

/** An option's name after two dashes, or after one long dash, because chat clients turn two dashes into a long one. */
const NAMED = /^(?:--|[—–])([a-z][a-z0-9-]*)(?:=(.*))?$/isu
const TWO_DASHES = /^--([a-z][a-z0-9-]*)/iu
/** One or two dashes of any kind and a name. After `=`, `:` or `,` more text may follow. */
const MISWRITTEN = /^[-‐‑‒–—―−]{1,2}([a-z][a-z0-9-]*)(?:[=:,].*)?$/isu

/**
 * Turns typed text into named values. Each word goes to the first option that has no value yet and accepts the word. An
 * optional option is skipped if it does not accept the word, so `valid CWE-79` needs no severity. `--name value` is an
 * option wherever it is typed, even after free text. A word of the text that begins with two dashes must be quoted.
 */
export function parseOptions(request: {
  shape: OptionShape
  options: readonly OptionInfo[]
  text: string
  known: KnownCase
}): ParsedOptions {
  const state: ParseState = { ...request, words: wordsOf(request.text), values: {} }
  let at = 0
  while (at < state.words.length) {
    const word = state.words[at]
    if (word === undefined) break
    const step = writingMistake(state, word) ?? optionStep(state, word, at) ?? wordStep(state, word, at)
    if ('because' in step) return { ok: false, because: step.because }
    at = step.next
  }
  return { ok: true, values: state.values }
}

/**
 * Says whether a word looks like a mistyped option: an option's name with the wrong dashes or punctuation, or any other
 * word that begins with two dashes. The person who typed such a word is told to correct or quote it. Otherwise the
 * word could be mailed as part of a free text. A word that matches `NAMED` is not checked here: see `optionStep`.
 */
function writingMistake(state: ParseState, { quoted, text }: Word): Extract<Step, { because: string }> | undefined {
  if (quoted || NAMED.test(text)) return undefined
  const behindTwo = TWO_DASHES.exec(text)?.[1]
  const name = (MISWRITTEN.exec(text)?.[1] ?? behindTwo)?.toLowerCase()
  if (isOptionName(state, name))
    return { because: `Write --${name} for the option. If the word is part of a text, put the word in quotes.` }
  return behindTwo === undefined ? undefined : { because: noOption(behindTwo) }
}

const noOption = (name: string): string =>
  `There is no option --${name} here. If --${name} is part of a text, put it in quotes.`

function optionStep(state: ParseState, word: Word, at: number): Step | undefined {
  const match = word.quoted ? null : NAMED.exec(word.text)
  if (match === null) return undefined
  const name = (match[1] ?? '').toLowerCase()
  // Hidden options are for buttons and forms; people do not type them. After free text, the name of a hidden option is
  // not read as an option, because it may be a word of the text.
  const isOption = ({ kind, hidden }: OptionInfo): boolean => kind !== 'file' && !(hidden && hasText(state))
  const option = state.options.find((candidate) => isOption(candidate) && kebab(candidate.name) === name)
  if (option === undefined) return { because: noOption(name) }
  const taken = match[2] === undefined ? valueAt(state, option, at + 1) : valueIn(state, option, at)
  if (taken === undefined) return { because: `--${name} needs a value after it.` }
  state.values[option.name] = taken.value
  return { next: at + 1 + taken.words }
}

/** The value after the `=` of `--name=value`. */
function valueIn(state: ParseState, { unquoted }: OptionInfo, at: number): OptionMatch {
  const end = unquoted === true ? textEnd(state, at) : at + 1
  const text = unquoted === true ? textOf(state, at, end) : (state.words[at]?.text ?? '')
  return { value: text.slice(text.indexOf('=') + 1), words: end - at - 1 }
}

/** Takes the words after an option's name as the option's value, even if the option does not accept this value. */
function valueAt(state: ParseState, option: OptionInfo, at: number): OptionMatch | undefined {
  if (option.unquoted === true && state.words[at]?.quoted === false) {
    const end = textEnd(state, at)
    return { value: textOf(state, at, end), words: end - at }
  }
  const time = option.takes === 'time' ? timeFrom(state, at) : undefined
  const word = state.words[at]
  return time ?? (word && { value: word.text, words: 1 })
}

function wordStep(state: ParseState, word: Word, at: number): Step {
  for (const option of state.options) {
    if (!isTyped(option) || option.takes === 'named' || state.values[option.name] !== undefined) continue
    if (option.takes === 'rest') {
      const mistake = word.quoted ? undefined : typingMistake(state, word.text)
      if (mistake !== undefined) return { because: mistake }
      if (option.verbatim && optionsAtEnd(state, at)) return { because: OPTIONS_FIRST }
      const next = option.verbatim ? state.words.length : textEnd(state, at)
      state.values[option.name] = textOf(state, at, next)
      return { next }
    }
    const taken = takenAt(state, option, at)
    if (taken !== undefined) {
      state.values[option.name] = taken.value
      return { next: at + taken.words }
    }
    if (option.needed) return { because: misfit(option, word.text) }
  }
  return { because: hasText(state) ? textApart(word.text) : `Nothing here takes “${word.text}”.` }
}

const hasText = ({ options, values }: ParseState): boolean =>
  options.some(({ name, takes }) => takes === 'rest' && values[name] !== undefined)

const textApart = (word: string): string =>
  `“${word}” comes after an option, but the text began before that option. Type the whole text in one piece, or put all of it in quotes.`

const OPTIONS_FIRST =
  'The last line looks like an option, but pasted text is taken unchanged. Type options before the text, or attach the text as a file.'

/** The end of a free text: where the next option begins. */
function textEnd(state: ParseState, at: number): number {
  const length = state.words.slice(at).findIndex((word, index) => index > 0 && endsText(state, word))
  return length === -1 ? state.words.length : at + length
}

/**
 * Two dashes begin an option. One long dash begins an option only if an option's name follows, because people also use
 * it in sentences.
 */
const endsText = (state: ParseState, word: Word): boolean =>
  writingMistake(state, word) !== undefined ||
  (!word.quoted && NAMED.test(word.text) && (word.text.startsWith('--') || isKnown(state, word)))

const isKnown = (state: ParseState, { quoted, text }: Word): boolean =>
  !quoted && isOptionName(state, NAMED.exec(text)?.[1])

const isOptionName = ({ options }: ParseState, name: string | undefined): boolean =>
  options.some((option) => isTyped(option) && kebab(option.name) === name?.toLowerCase())

/**
 * Whether the last line of pasted text contains options. Other lines are ignored, because a patch may contain words
 * such as `--to`.
 */
function optionsAtEnd(state: ParseState, at: number): boolean {
  const lastLine = state.text.trimEnd().lastIndexOf('\n')
  return state.words.slice(at).some((word) => word.start > lastLine && isKnown(state, word))
}

/** The text as it was typed. If one pair of quotes encloses all of it, the quotes are removed. */
function textOf({ words, text }: ParseState, at: number, end: number): string {
  const first = words[at]
  const last = words[end - 1]
  if (first === undefined || last === undefined) return ''
  return first.quoted && first === last ? first.text : text.slice(first.start, last.end)
}

/**
 * The first word of a free text, such as “hihg”, may be a mistyped value of an earlier option. Free text may be mailed,
 * so such a word is refused, with a reason for the person who typed it. In quotes, the word counts as text.
 */
function typingMistake({ options, values }: ParseState, word: string): string | undefined {
  const passedOver = options.filter(
    (option) => isTyped(option) && option.takes !== 'named' && values[option.name] === undefined,
  )
  for (const option of passedOver) {
    const choice = matchChoice(option, word)
    if (choice !== undefined || isMistaken(option, word))
      return `${notOneOf(option, word, choice)} Put text that begins with this word in quotes.`
    const begins = /^([A-Z]{2,})\W.*…$/.exec(option.shownAs)?.[1]
    if (begins !== undefined && new RegExp(`^${begins}[-:./]?\\d`, 'i').test(word))
      return `“${word}” does not fit ${option.label}, which is written ${option.shownAs}. Put text that begins with this word in quotes.`
  }
  return undefined
}

const isMistaken = ({ mistaken }: OptionInfo, word: string): boolean =>
  mistaken !== undefined && new RegExp(`^(?:${mistaken})$`, 'i').test(word)

/** The value that begins with the typed word, or differs from it by one slip. */
function matchChoice({ choices = [] }: OptionInfo, typed: string): string | undefined {
  const values = choices.map(({ value }) => value)
  const word = typed.toLowerCase()
  return (
    values.find((value) => word.length >= 2 && value !== word && value.startsWith(word)) ?? oneTypoFrom(word, values)
  )
}

function notOneOf(option: OptionInfo, word: string, suggestion: string | undefined): string {
  const hint = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
  return `“${word}” is not one of: ${choicesInWords(option.choices)}.${hint}`
}

type OptionMatch = { readonly value: string; readonly words: number }

function takenAt(state: ParseState, option: OptionInfo, at: number): OptionMatch | undefined {
  if (option.takes === 'words') return manyFrom(state, option, at)
  const time = option.takes === 'time' ? timeFrom(state, at) : undefined
  return time ?? oneAt(state, option, at)
}

/** `3 days`, `2 working days`, `2026-07-14 14:00 UTC`: as many words as form one time, at most three. */
function timeFrom({ words }: ParseState, at: number): OptionMatch | undefined {
  for (const most of [3, 2]) {
    const taken = words.slice(at, at + most).map(({ text }) => text)
    const value = taken.join(' ')
    if (isTime(value)) return { value, words: taken.length }
  }
  return undefined
}

function manyFrom(state: ParseState, option: OptionInfo, at: number): OptionMatch | undefined {
  const fitting: string[] = []
  for (const word of state.words.slice(at)) {
    if (
      NAMED.test(word.text) ||
      writingMistake(state, word) !== undefined ||
      fits(state, option, word.text) === undefined
    )
      break
    fitting.push(word.text)
  }
  return fitting.length === 0 ? undefined : { value: fitting.join(' '), words: fitting.length }
}

function oneAt(state: ParseState, option: OptionInfo, at: number): OptionMatch | undefined {
  const value = fits(state, option, state.words[at]?.text ?? '')
  return value === undefined ? undefined : { value, words: 1 }
}

function fits(state: ParseState, option: OptionInfo, word: string): string | undefined {
  if (option.branch && !option.needed && !state.known.branches.includes(word)) return undefined
  const schema = state.shape[option.name]
  const value = option.choices === undefined || option.exact ? word : word.toLowerCase()
  return schema?.safeParse(value).success === true ? value : undefined
}

function misfit(option: OptionInfo, word: string): string {
  if (option.choices === undefined) return `“${word}” does not fit ${option.label.toLowerCase()}.`
  return notOneOf(option, word, matchChoice(option, word))
}

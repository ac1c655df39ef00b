import type { OptionInfo } from '../option.ts'
import type { SuggestKind } from '../suggestion-kind.ts'
import { cut, safeLine } from '../text/safe-text.ts'
import type { Choice } from '../types.ts'
import type { SuggestContext, Suggester } from './suggester.ts'
import { cases, command, cwe, heldMail, project, release } from './all-cases.ts'
import {
  approval,
  branch,
  clock,
  doubt,
  message,
  recipient,
  report,
  signal,
  source,
  suspect,
  vendor,
} from './one-case.ts'
import { member, newcomer, owner, person, remediator, sender } from './people.ts'

/** Discord: at most 25 choices while somebody types (interactions/receiving-and-responding, autocomplete). */
export const SUGGESTIONS_MAX = 25
/** Slack: an option's text has at most 75 characters (block-kit/composition-objects/option-object). */
export const SUGGESTION_LABEL_MAX = 75
/** Discord: a choice's value has at most 100 characters (interactions/application-commands). */
export const SUGGESTION_VALUE_MAX = 100

const SUGGESTERS: Readonly<Record<SuggestKind, Suggester>> = {
  case: cases,
  person,
  newcomer,
  member,
  remediator,
  sender,
  owner,
  branch,
  cwe,
  report,
  recipient,
  vendor,
  suspect,
  signal,
  approval,
  release,
  clock,
  message,
  source,
  doubt,
  project,
  held: heldMail,
  command,
}

/** The kind of suggestions for an option, given the values of the other options; undefined for free text. */
export function kindOf(
  { suggests }: Pick<OptionInfo, 'suggests'>,
  values: Readonly<Record<string, string>>,
): SuggestKind | undefined {
  if (suggests === undefined || typeof suggests === 'string') return suggests
  const chosen = values[suggests.by]
  return chosen === undefined || !Object.hasOwn(suggests.of, chosen) ? undefined : suggests.of[chosen]
}

/**
 * The suggestions, the likeliest first. `fits` tells whether the typed text is a valid value. If the typed text is a
 * valid branch or CWE id, it is suggested too, because the lists are not complete.
 */
export async function suggestionsFor(
  option: Pick<OptionInfo, 'takes'>,
  kind: SuggestKind,
  context: SuggestContext,
  fits: (value: string) => boolean,
): Promise<readonly Choice[]> {
  const { before, word } =
    option.takes === 'words' ? lastWord(context.typed) : { before: '', word: context.typed.trim() }
  const all = await SUGGESTERS[kind]({ ...context, typed: word })
  const taken = new Set(before.split(/[\s,]+/))
  const query = word.toLowerCase()
  const likely = all
    .filter(({ value }) => !taken.has(value))
    .map((choice) => ({ choice, rank: rankOf(choice, query) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice)
  const typed = ECHOED.has(kind) && word !== '' && !likely.some(({ value }) => value.toLowerCase() === query)
  return [...likely, ...(typed && fits(word) ? [{ value: word, label: word }] : [])]
    .map(({ value, label }) => ({
      value: `${before}${value}`,
      label: cut(safeLine(`${before}${label}`), SUGGESTION_LABEL_MAX),
    }))
    .filter(({ value }) => value.length <= SUGGESTION_VALUE_MAX)
    .slice(0, SUGGESTIONS_MAX)
}

/** Kinds for which the typed value is suggested too, even if it is not in the list. */
const ECHOED: ReadonlySet<SuggestKind> = new Set<SuggestKind>(['branch', 'cwe'])

const NO_MATCH = 3

/**
 * The best rank is a value that begins with the typed text, then a label with a word that begins with the typed text,
 * then a label that contains the typed text anywhere.
 */
function rankOf({ value, label }: Choice, query: string): number {
  const bare = query.replace(/^@/, '')
  const labelText = label.toLowerCase()
  if (value.toLowerCase().replace(/^@/, '').startsWith(bare)) return 0
  if (labelText.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(bare))) return 1
  return labelText.includes(bare) ? 2 : NO_MATCH
}

/** For `main 4.`, the word to complete is `4.`. */
function lastWord(typed: string): { readonly before: string; readonly word: string } {
  const at = typed.search(/[^\s,]*$/)
  return { before: typed.slice(0, at), word: typed.slice(at) }
}

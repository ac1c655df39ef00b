import { ATTACK_SIGNS } from './attack-signs.ts'
import { decodedForms, plainSpelling } from './encodings.ts'

/** What a sentence of a public text must not contain. */
export type WordingProblem = 'attack' | 'channel' | 'recipient' | 'case' | 'person'

/** For each problem, the words that end a sentence such as `A line of the advisory names a recipient.` */
export const WORDING_PROBLEMS: Readonly<Record<WordingProblem, string>> = {
  attack: 'shows how to attack',
  channel: 'links to a channel of the team',
  recipient: 'names a recipient',
  case: 'names another case',
  person: 'names a person',
}

/** A line of a public text, and what is wrong with it. */
export type WordingFinding = { readonly problem: WordingProblem; readonly line: string }

/** The words of a case that a public text must not contain, and the case numbers that it may contain. */
export type SecretWords = {
  /** Names and addresses of recipients, who are told before the public. */
  readonly recipients: readonly string[]
  /** Names of team members and reporters. */
  readonly people: readonly string[]
  readonly channels: readonly string[]
  /** The prefixes of case numbers, by which the check recognises such a number. */
  readonly prefixes: readonly string[]
  /** The cases that are published together. The text may name these cases. */
  readonly cases: readonly string[]
}

/** Links into a chat platform, and mentions as Slack and Discord write them. */
const CHANNELS: readonly RegExp[] = [
  /\bslack\.com\/|\bslack:\/\/|\bdiscord(?:app)?\.(?:com\/(?:channels|invite)\/|gg\/)|\bteams\.microsoft\.com\/l\/|\bmatrix\.to\//iu,
  /<[#@][!&]?[A-Z0-9]{6,}(?:\|[^>]*)?>/u,
]

/**
 * Finds the lines of a text that must not become public, because they show how to attack, or name channels, recipients,
 * other cases or people. A line is listed once for each of its problems. This check finds accidents, such as a sentence
 * copied from a report. It cannot stop somebody who wants to publish a secret.
 */
export function wordingFindings(text: string, secret: SecretWords): readonly WordingFinding[] {
  const lines = text.split(/\r\n?|\n/u).map((line) => ({ line, forms: decodedForms(line) }))
  return lines.flatMap(({ line, forms }, at) => {
    const found = problemsIn(forms, PROBLEMS, secret)
    const before = lines[at - 1]
    const broken = before === undefined ? [] : brokenNames(before, { line, forms }, secret)
    return [
      ...broken.map((problem) => ({ problem, line: shown(`${before?.line ?? ''} ${line}`) })),
      ...found.map((problem) => ({ problem, line: shown(line) })),
    ]
  })
}

type Line = { readonly line: string; readonly forms: readonly string[] }

const problemsIn = (
  forms: readonly string[],
  among: readonly WordingProblem[],
  secret: SecretWords,
): readonly WordingProblem[] => among.filter((problem) => forms.some((form) => HAS[problem](form, secret)))

/** Finds names of several words that begin on one line and end on the next, as in a wrapped mail. */
function brokenNames(before: Line, line: Line, secret: SecretWords): readonly WordingProblem[] {
  const joined = [`${before.forms[0]?.trimEnd() ?? ''} ${line.forms[0]?.trimStart() ?? ''}`]
  return problemsIn(joined, ['recipient', 'person'], secret).filter(
    (problem) => !HAS[problem](before.forms[0] ?? '', secret) && !HAS[problem](line.forms[0] ?? '', secret),
  )
}

const shown = (line: string): string =>
  line
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()

/** Longer lines are cut when they are shown, to keep a refusal readable. */
const LINE_SHOWN = 160

/** The line as a refusal shows it. A waiver always covers the whole line. */
export const shortened = (line: string): string => line.slice(0, LINE_SHOWN)

const PROBLEMS: readonly WordingProblem[] = ['attack', 'channel', 'recipient', 'case', 'person']

const HAS: Readonly<Record<WordingProblem, (line: string, secret: SecretWords) => boolean>> = {
  attack: (line) => ATTACK_SIGNS.some((pattern) => pattern.test(line)),
  channel: (line, { channels }) =>
    CHANNELS.some((pattern) => pattern.test(line)) || channels.some((name) => hasWord(line, `#${name}`)),
  recipient: (line, { recipients }) => recipients.some((name) => hasName(line, name)),
  case: (line, { prefixes, cases }) =>
    [...line.toUpperCase().matchAll(/\b([A-Z][A-Z0-9]{1,9})-\d{4}-\d{3,9}\b/gu)].some(
      ([number, prefix = '']) => prefixes.includes(prefix) && !cases.includes(number),
    ),
  person: (line, { people }) => people.some((name) => hasName(line, name)),
}

/**
 * Whether the line contains the name. For a name of several words or an address, small and capital letters count as the
 * same. For a name of one word they count as different, because the word `harbour` is not the name Harbour.
 */
function hasName(line: string, name: string): boolean {
  const spelled = plainSpelling(name).trim()
  return /[ @]/u.test(spelled) ? hasWord(line.toLowerCase(), spelled.toLowerCase()) : hasWord(line, spelled)
}

/** Shorter names are not searched for, because they would match harmless words. */
const SHORTEST_NAME = 3

/** Whether the line contains the name as a whole word, with the same capital letters. */
export function hasWord(line: string, name: string): boolean {
  if (name.length < SHORTEST_NAME) return false
  for (let at = line.indexOf(name); at !== -1; at = line.indexOf(name, at + 1)) {
    if (!isOfWord(line.charAt(at - 1)) && !isOfWord(line.charAt(at + name.length))) return true
  }
  return false
}

const isOfWord = (character: string): boolean => /[\p{L}\p{N}_]/u.test(character)

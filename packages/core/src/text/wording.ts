/** What a sentence of a public text must not contain. */
export type WordingProblem = 'attack' | 'channel' | 'recipient' | 'case' | 'person'

/** For each problem, the end of the sentence that reports a line with this problem. */
export const WORDING_PROBLEMS: Readonly<Record<WordingProblem, string>> = {
  attack: 'shows how to attack',
  channel: 'links to a channel of the team',
  recipient: 'names a recipient',
  case: 'names another case',
  person: 'names a person',
}

/** A line of a public text, and what is wrong with it. */
export type WordingFinding = { readonly problem: WordingProblem; readonly line: string }

/** Words that belong to this case and must not become public. */
export type SecretWords = {
  /** Names and addresses of recipients, who are told before the public. */
  readonly recipients: readonly string[]
  /** Names of team members and reporters. */
  readonly people: readonly string[]
  /** Names of channels. */
  readonly channels: readonly string[]
  /** The prefixes of case numbers. */
  readonly prefixes: readonly string[]
  /** The cases that are published together. */
  readonly cases: readonly string[]
}

/** Lines that are longer than this are cut in a refusal, so that it stays readable. */
const LINE_SHOWN = 160

/** Reproduction steps, commands, payloads and dumps: anything that helps a reader attack. */
const ATTACKS: readonly RegExp[] = [
  /\b(?:poc|proof[- ]of[- ]concept|exploit|payload|repro|steps to reproduce|to reproduce)\b[^.:]{0,30}:/iu,
  /^\s*(?:```|~~~)/u,
  /<\/?(?:pre|code|script|iframe|svg|img)\b/iu,
  /^\s*\$\s+[a-z./]/iu,
  /\|\s*(?:sudo\s+)?(?:(?:ba|da|k|z)?sh|python\d?|perl|ruby|node|php)\b/iu,
  /\b(?:curl|wget|ncat|nc|netcat|nmap|sqlmap|bash|sh|zsh|python\d?|perl|ruby|node|php|powershell)\s+(?:-{1,2}[a-z]|https?:\/\/)/iu,
  /\/dev\/tcp\/|\brm\s+-[rf]|\bchmod\s+\+/iu,
  /(?:\.\.[/\\]){2}|%2e%2e|%00|(?:\\x[0-9a-f]{2}){3}|\\u0000/iu,
  /\$\{jndi:|\{\{\s*\d+\s*\*\s*\d+\s*\}\}|<!entity|javascript:|data:text\/html/iu,
  /\bunion\s+(?:all\s+)?select\b|['"]\s*or\s+['"]?1['"]?\s*=\s*['"]?1/iu,
  /^\s*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\/\S*(?:\s+HTTP\/[\d.]+)?\s*$/u,
  /https?:\/\/\S*\b(?:poc|exploit)/iu,
  /[A-Za-z0-9+/]{100}/u,
  /([A-Za-z0-9])\1{23}/u,
]

/** Links into a chat platform, and mentions as Slack and Discord write them. */
const CHANNELS: readonly RegExp[] = [
  /\bslack\.com\/|\bslack:\/\/|\bdiscord(?:app)?\.(?:com\/(?:channels|invite)\/|gg\/)|\bteams\.microsoft\.com\/l\/|\bmatrix\.to\//iu,
  /<[#@][!&]?[A-Z0-9]{6,}(?:\|[^>]*)?>/u,
]

/**
 * The lines of a text that must not become public: those that show how to attack, or name channels, recipients, other
 * cases or people. A line with several problems is listed once for each. This finds accidents, such as a sentence
 * copied from a report; it cannot stop somebody who wants to publish a secret.
 */
export function wordingFindings(text: string, secret: SecretWords): readonly WordingFinding[] {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .split(/\r\n?|\n/u)
    .flatMap((line) =>
      PROBLEMS.filter((problem) => HAS[problem](line, secret)).map((problem) => ({
        problem,
        line: line.replaceAll(/\s+/gu, ' ').trim().slice(0, LINE_SHOWN),
      })),
    )
}

const PROBLEMS: readonly WordingProblem[] = ['attack', 'channel', 'recipient', 'case', 'person']

const HAS: Readonly<Record<WordingProblem, (line: string, secret: SecretWords) => boolean>> = {
  attack: (line) => ATTACKS.some((pattern) => pattern.test(line)),
  channel: (line, { channels }) =>
    CHANNELS.some((pattern) => pattern.test(line)) || channels.some((name) => hasWord(line, `#${name}`)),
  recipient: (line, { recipients }) => recipients.some((name) => hasWord(line, name)),
  case: (line, { prefixes, cases }) =>
    [...line.matchAll(/\b([A-Z][A-Z0-9]{1,9})-\d{4}-\d{3,9}\b/gu)].some(
      ([number, prefix = '']) => prefixes.includes(prefix) && !cases.includes(number),
    ),
  person: (line, { people }) => people.some((name) => hasWord(line, name)),
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

/** An excerpt of the demo's output: a pattern for its first line, and its number of lines. */
type Excerpt = { readonly from: RegExp; readonly lines: number }

export const BEGIN = '<!-- transcript:begin (from `npm run demo`) -->'
export const END = '<!-- transcript:end -->'

/**
 * The excerpts from one case: the report, what its card says about the sender, the status card, a refusal, the request
 * to a second person, the publication, and the advisory at GitHub.
 */
const EXCERPTS: readonly Excerpt[] = [
  { from: /^ {2}A mail arrives, /, lines: 4 },
  { from: /· a report arrived$/, lines: 4 },
  { from: /pins:$/, lines: 4 },
  { from: /^ {4}\/prenotify 2026-06-16$/, lines: 6 },
  { from: /^ {2}│ @ben$/, lines: 4 },
  { from: /· published$/, lines: 3 },
  { from: /advisories\/GHSA\S+ shows:$/, lines: 13 },
]

/**
 * The part of the demo's output that the README shows.
 * @throws if the demo no longer prints an excerpt. Change `EXCERPTS` then.
 */
export function transcriptOf(screenplay: string): string {
  const lines = screenplay.split('\n')
  return EXCERPTS.map((excerpt) => excerptOf(lines, excerpt)).join('\n  […]\n')
}

/** The part of a README between the marks of the transcript. */
export const shownIn = (readme: string): string => readme.split(BEGIN)[1]?.split(END)[0] ?? ''

/** Removes the ids of mails, keys and advisories, because they differ in each run. */
export const masked = (transcript: string): string =>
  transcript
    .replaceAll(/<[a-z2-7]{13}@/gu, '<<token>@')
    .replaceAll(/\(…[0-9A-F]{4}\)/gu, '(…)')
    .replaceAll(/GHSA(?:-[a-z0-9]{4}){3}/gu, 'GHSA-…')

function excerptOf(all: readonly string[], { from, lines: most }: Excerpt): string {
  const at = all.findIndex((line) => from.test(line))
  if (at < 0) throw new Error(`The demo no longer says anything like ${from.source}.`)
  return all
    .slice(at, at + most)
    .join('\n')
    .trimEnd()
}

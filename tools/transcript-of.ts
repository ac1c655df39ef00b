/** Where an excerpt begins in the demo's output, and how many of its lines are shown. */
type Excerpt = { readonly from: RegExp; readonly after?: RegExp; readonly lines: number }

const EXCERPTS: readonly Excerpt[] = [
  { from: /^ {2}A mail arrives:/, lines: 10 },
  { from: /shows:$/, lines: 7 },
  { from: /pins:$/, lines: 7 },
  { from: /^ {4}\/prenotify 2026-06-16$/, lines: 6 },
  { from: /shows:$/, after: /a second person is asked/, lines: 17 },
  { from: /^ {2}A mail leaves:/, after: /Approved\.$/, lines: 22 },
  { from: /publishing, 3 of 4 steps/, lines: 5 },
  { from: /embargo log verify/, lines: 3 },
]

export const BEGIN = '<!-- transcript:begin (from `npm run demo`) -->'
export const END = '<!-- transcript:end -->'

/** What the README shows of the demo's output. @throws when the demo no longer says it: the excerpt must be chosen anew */
export function transcriptOf(screenplay: string): string {
  const lines = screenplay.split('\n')
  return EXCERPTS.map((excerpt) => excerptOf(lines, excerpt)).join('\n  […]\n\n')
}

/** Without what is another at every run: hashes, and the names that mails and addresses get. */
export const masked = (transcript: string): string =>
  transcript
    .replaceAll(/\b[0-9a-f]{64}\b/gu, '<hash>')
    .replaceAll(/\b[0-9a-f]{16}\b(?= names exactly)/gu, '<digest>')
    .replaceAll(/\.[a-z2-7]{13,16}(?=[.@])/gu, '.<token>')
    .replaceAll(/<[a-z2-7]{13}@/gu, '<<token>@')

function excerptOf(all: readonly string[], { from, after, lines: most }: Excerpt): string {
  const start =
    after === undefined ? 0 : all.findIndex((line) => after.test(line)) - (from.source.includes('shows') ? 1 : 0)
  const at = all.findIndex((line, index) => index >= start && from.test(line))
  if (start < 0 || at < 0) throw new Error(`The demo says nothing like ${from.source} any more.`)
  return all
    .slice(at, at + most)
    .join('\n')
    .trimEnd()
}

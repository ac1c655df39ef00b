/** Where an excerpt begins in the demo's output, and how many of its lines are shown. */
type Excerpt = { readonly from: RegExp; readonly after?: RegExp; readonly lines: number }

/** One transcript of the README: the play that it is from, and what is shown of it. */
export type Transcript = { readonly begin: string; readonly end: string; readonly excerpts: readonly Excerpt[] }

const marks = (name: string, command: string) => ({
  begin: `<!-- ${name}:begin (from \`${command}\`) -->`,
  end: `<!-- ${name}:end -->`,
})

/** On Slack. */
export const ON_SLACK: Transcript = {
  ...marks('transcript', 'npm run demo'),
  excerpts: [
    { from: /^ {2}A mail arrives:/, lines: 10 },
    { from: /shows:$/, lines: 7 },
    { from: /pins:$/, lines: 7 },
    { from: /^ {4}\/prenotify 2026-06-16$/, lines: 6 },
    { from: /shows:$/, after: /a second person is asked/, lines: 17 },
    { from: /^ {2}A mail leaves:/, after: /Approved\.$/, lines: 22 },
    { from: /· published$/, lines: 6 },
    { from: /embargo log verify/, lines: 3 },
  ],
}

/** One case on both platforms, begun in Slack and ended in Discord. */
export const ON_BOTH: Transcript = {
  ...marks('transcript-both', 'npm run demo -- --platform both'),
  excerpts: [
    { from: /Slack has a new private channel/, lines: 3 },
    { from: /^ {4}\/ack /, lines: 6 },
    { from: /^ {4}\/prenotify at:/, lines: 8 },
    { from: /^ {4}\/prenotify 2026-06-16 14:00/, lines: 1 },
    { from: /^ {4}\(presses \[ Look and approve \]\)/, lines: 7 },
    { from: /^ {4}\/disclose/, lines: 6 },
    { from: /^ {4}\/close reason:/, lines: 16 },
  ],
}

/** What the README shows of the demo's output. @throws when the demo no longer says it: the excerpt must be chosen anew */
export function transcriptOf(screenplay: string, { excerpts }: Transcript = ON_SLACK): string {
  const lines = screenplay.split('\n')
  return excerpts.map((excerpt) => excerptOf(lines, excerpt)).join('\n  […]\n\n')
}

/** What a README shows between the marks. */
export const shownIn = (readme: string, { begin, end }: Transcript): string =>
  readme.split(begin)[1]?.split(end)[0] ?? ''

/** Without what is another at every run: hashes, and the names that mails and addresses get. */
export const masked = (transcript: string): string =>
  transcript
    .replaceAll(/\b[0-9a-f]{64}\b/gu, '<hash>')
    .replaceAll(/\b[0-9a-f]{16}\b(?=`? \*?names exactly)/gu, '<digest>')
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

import { readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

/** Where an excerpt begins in the demo's output, and how many of its lines are shown. */
type Excerpt = { readonly from: RegExp; readonly after?: RegExp; readonly lines: number }

const EXCERPTS: readonly Excerpt[] = [
  { from: /^ {2}A mail arrives:/, lines: 10 },
  { from: /shows:$/, lines: 7 },
  { from: /pins:$/, lines: 7 },
  { from: /^ {4}\/prenotify 2026-06-16$/, lines: 6 },
  { from: /shows:$/, after: /a second person is asked/, lines: 18 },
  { from: /^ {2}A mail leaves:/, after: /Approved\.$/, lines: 22 },
  { from: /publishing, 3 of 4 steps/, lines: 5 },
  { from: /embargo log verify/, lines: 3 },
]

const BEGIN = '<!-- transcript:begin (from `npm run demo`) -->'
const END = '<!-- transcript:end -->'

const lines = (await text(process.stdin)).split('\n')
const shown = EXCERPTS.map((excerpt) => excerptOf(lines, excerpt)).join('\n  […]\n\n')
const readme = readFileSync('README.md', 'utf8')
const [head, rest] = readme.split(BEGIN)
const tail = rest?.split(END)[1]
if (head === undefined || tail === undefined)
  throw new Error('README.md has lost the marks of its transcript: put them back.')
writeFileSync('README.md', `${head}${BEGIN}\n\n\`\`\`\n${shown}\n\`\`\`\n\n${END}${tail}`)

/** @throws when the demo no longer says what the README shows: the excerpt must be chosen anew */
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

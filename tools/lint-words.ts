// Refuses turns of phrase that make a reader decode a sentence, in sources and docs: `npm run lint`.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/**
 * The forbidden turns of phrase. What to write instead of some of them: "anyone who" for "whoever", "again" for "anew",
 * "compute" for "reckon", "no longer" for "no more", "automatically" for "by itself", "is in" for "stands in", "there
 * is no" for "is none", and "to avoid" for "lest".
 */
const TURNS = [
  /\bwh(?:o|ich)ever\b/giu,
  /\banew\b/giu,
  /\breckon\w*/giu,
  /\bno more\b(?!(?: [\w-]+){0,4} than\b)/giu,
  /\bby (?:itself|themselves)\b/giu,
  /\bst(?:and|ands|anding|ood) (?:in\b(?! for\b)|there\b)/giu,
  /\b(?:is|are) none\b/giu,
  /\b(?:none|nobody) of (?:which|whom)\b|\bof which nobody\b/giu,
  /\blest\b/giu,
  /\bso is\b/giu,
  /\bin the very words\b/giu,
  /\brests? on\b/giu,
  /\bcomes? to (?:its|their) end\b/giu,
  /\bwhat (?:is|are) not\b/giu,
]

const FILES = ['*.{ts,md,json}', '{packages,apps,tests,tools,bench,docs}/**/*.{ts,md,json}']
/**
 * The files that are not checked. They are installed, built, written by a command or published by others, or they are
 * this lint and its test, which must name the forbidden turns of phrase.
 */
const SKIPPED =
  /(?:^|\/)(?:node_modules|dist|generated)\/|^package-lock\.json$|^docs\/(?:commands|policy|rules|machines)\.md$|^docs\/embargo\.policy\.schema\.json$|^packages\/emulator-cve\/schemas\/|lint-words/u

/**
 * Every forbidden turn of phrase with its line. A turn of phrase is allowed if its line or the line above has a comment
 * with `word: "the turn"` and a reason.
 */
export function findTurns(text: string): readonly string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) =>
    TURNS.flatMap((turn) => line.match(turn) ?? [])
      .filter((found) => !`${lines[index - 1] ?? ''}\n${line}`.includes(`word: "${found}" `))
      .map((found) => `${index + 1}: "${found}"`),
  )
}

if (import.meta.main) {
  const files = globSync(FILES, { cwd: ROOT, exclude: (path) => path === 'node_modules' || path === 'dist' })
    .filter((file) => !SKIPPED.test(file))
    .toSorted()
  const found = files.flatMap((file) => findTurns(readFileSync(join(ROOT, file), 'utf8')).map((at) => `${file}:${at}`))
  for (const line of found) process.stderr.write(`${line}\n`)
  if (found.length > 0)
    process.stderr.write(
      'Say it plainly. To keep the turn, write // word: "the turn" and the reason, on its line or the line above.\n',
    )
  process.exitCode = found.length > 0 ? 1 : 0
}

import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * `npm run breaks`: breaks the rules of core in sixty places, one at a time, and says whether the quick tests notice.
 * The places were drawn at random. If a place has moved in the sources, it is found by its lines of code. The command
 * changes the sources while it runs and restores them afterwards, so run it in a separate clone.
 */

const ROOT = join(import.meta.dirname, '..', '..')
const CORE = 'packages/core'

type Break = Readonly<Record<'above' | 'before' | 'after' | 'below', readonly string[]>> & { readonly file: string }
type Place = { readonly path: string; readonly line: number; readonly score: number }

const breaks: readonly Break[] = JSON.parse(readFileSync(join(import.meta.dirname, 'breaks.json'), 'utf8'))
const only = process.argv[2]
const sources = globSync(`${CORE}/src/**/*.ts`, { cwd: ROOT })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').split('\n') }))

const count = { caught: 0, lives: 0, gone: 0 }
for (const [index, one] of breaks.entries()) {
  if (only !== undefined && Number(only) !== index) continue
  const place = placeOf(one)
  const end = place === undefined ? 'gone' : isSeen(one, place) ? 'caught' : 'lives'
  count[end] += 1
  process.stdout.write(`${index} ${end}: ${place?.path ?? one.file}  ${one.before[0]} → ${one.after[0]}\n`)
}
process.stdout.write(`${count.caught} noticed, ${count.lives} not noticed, ${count.gone} no longer in the sources\n`)

/**
 * Where the lines of a break are now. If several places have these lines, the file's name and the neighbouring lines
 * decide. Undefined if the lines are gone, or if several places remain.
 */
function placeOf({ file, above, before, below }: Break): Place | undefined {
  const places = sources.flatMap(({ path, lines }): readonly Place[] => {
    const at = (line: number): string | undefined => lines[line]?.trim()
    return lines.flatMap((_, line) => {
      if (!before.every((text, offset) => at(line + offset) === text)) return []
      const near = [
        ...above.map((text, offset) => at(line - above.length + offset) === text),
        ...below.map((text, offset) => at(line + before.length + offset) === text),
      ].filter(Boolean).length
      return [{ path, line, score: near + (basename(path) === file ? 5 : 0) }]
    })
  })
  const [best, next] = places.toSorted((a, b) => b.score - a.score)
  return best !== undefined && best.score > (next?.score ?? 0) ? best : undefined
}

function isSeen({ before, after }: Break, { path, line }: Place): boolean {
  const file = join(ROOT, path)
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n')
  writeFileSync(file, lines.toSpliced(line, before.length, ...after).join('\n'))
  try {
    const layer = path.split('/')[3] ?? ''
    return fails([`${CORE}/test/${layer}`]) || fails([CORE]) || fails([])
  } finally {
    writeFileSync(file, text)
  }
}

/** Whether the quick tests in these folders fail. An empty list means all folders. */
function fails(folders: readonly string[]): boolean {
  const run = spawnSync(
    'npm',
    ['test', '--silent', '--', '--bail=1', '--reporter=dot', '--passWithNoTests', ...folders],
    {
      cwd: ROOT,
      stdio: 'ignore',
    },
  )
  return run.status !== 0
}

import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { nameOf } from './prove.ts'
import type { Proved, Task } from './prove.ts'

const CORE = join(import.meta.dirname, '../..')

/** All that an exploration runs: the rules, and what it asks of them. */
const SOURCES = ['src/**/*.ts', 'test/proof/**/*.ts', 'test/scenario.ts', 'test/several.ts']

/** What only starts explorations and tells of them, and what is told of a case by its rules and changes none. */
const TELLING: readonly string[] = [
  'test/proof/main.ts',
  'test/proof/kept.ts',
  'test/proof/worker.ts',
  'src/case/explain.ts',
  'src/case/who-says-yes.ts',
  'src/case/why-it-passes.ts',
  'src/policy/outlook.ts',
  'src/policy/whose-turn.ts',
  'src/policy/row.ts',
  'src/policy/check/arena-of.ts',
  'src/policy/check/check-policy.ts',
  'src/policy/check/seated.ts',
  'src/policy/check/findings/',
  'src/measures/',
  'src/retro/',
]

const telling = (path: string): boolean => TELLING.some((one) => path.startsWith(one))

/** What an exploration runs: files under the core. */
export const explored = (): readonly string[] =>
  globSync(SOURCES, { cwd: CORE })
    .filter((path) => !path.endsWith('.test.ts') && !telling(path))
    .toSorted()

/** What of the rules that no exploration runs stands in one that it does: there must be nothing. */
export const readsTelling = (path: string): readonly string[] =>
  [...readFileSync(join(CORE, path), 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gmu)]
    .map(([, from = '']) => relative(CORE, join(CORE, dirname(path), from)))
    .filter(telling)

/** What names these rules and these questions: another as soon as a character of them is. */
export function rulesNow(): string {
  const hash = createHash('sha256')
  for (const path of explored())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(CORE, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

export type Kept = {
  /** What came of it before, with the same rules and as many second ways. */
  of(task: Task): Proved | undefined
  keep(task: Task, proved: Proved): void
}

type Line = { readonly rules: string; readonly oneIn: number; readonly proved: Proved }

/** What came of explorations before. One that found something, or did not come to its end, is explored again. */
export function kept(file: string | undefined, rules: string): Kept {
  const known = new Map<string, Proved>()
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const text of lines) {
    if (text === '') continue
    const line = JSON.parse(text) as Line
    if (line.rules === rules && isSound(line.proved)) known.set(keyOf(line.proved.name, line.oneIn), line.proved)
  }
  return {
    of: (task) => (task.atMost === undefined ? known.get(keyOf(nameOf(task), oneInOf(task))) : undefined),
    keep(task, proved) {
      if (file === undefined || !isSound(proved)) return
      const line: Line = { rules, oneIn: oneInOf(task), proved }
      appendFileSync(file, `${JSON.stringify(line)}\n`)
    },
  }
}

const isSound = ({ findings, whole }: Proved): boolean => whole && findings.length === 0

const oneInOf = ({ twins }: Task): number => twins?.oneIn ?? 1

const keyOf = (name: string, oneIn: number): string => `${name}\n${oneIn}`

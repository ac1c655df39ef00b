import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameOf } from './prove.ts'
import type { Proved, Task } from './prove.ts'

const CORE = join(import.meta.dirname, '../..')

/** All that an exploration runs: the rules, and what it asks of them. */
const SOURCES = ['src/**/*.ts', 'test/proof/**/*.ts', 'test/scenario.ts', 'test/several.ts']

/** What only starts explorations and tells of them. */
const TELLING = new Set(['main', 'kept', 'page', 'worker'].map((name) => `test/proof/${name}.ts`))

/** What names these rules and these questions: another as soon as a character of them is. */
export function rulesNow(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: CORE }).filter((path) => !path.endsWith('.test.ts') && !TELLING.has(path))
  for (const path of files.toSorted())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(CORE, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** What came of one with other rules. */
export type Before = { readonly rules: string; readonly proved: Proved }

export type Kept = {
  /** What came of it before, with the same rules and as many second ways. */
  of(task: Task): Proved | undefined
  /** What came of it last, with other rules. */
  before(task: Task): Before | undefined
  keep(task: Task, proved: Proved): void
}

type Line = { readonly rules: string; readonly oneIn: number; readonly proved: Proved }

/** What came of explorations before. One that found something, or did not come to its end, is explored again. */
export function kept(file: string | undefined, rules: string): Kept {
  const known = new Map<string, Proved>()
  const earlier = new Map<string, Before>()
  const lines = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const text of lines) {
    if (text === '') continue
    const line = JSON.parse(text) as Line
    if (!isSound(line.proved)) continue
    if (line.rules === rules) known.set(keyOf(line.proved.name, line.oneIn), line.proved)
    else earlier.set(keyOf(line.proved.name, line.oneIn), line)
  }
  return {
    of: (task) => (task.atMost === undefined ? known.get(keyOf(nameOf(task), oneInOf(task))) : undefined),
    before: (task) => earlier.get(keyOf(nameOf(task), oneInOf(task))),
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

import { spawn } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mutantsOf } from './mutants.ts'
import type { Mutant } from './mutants.ts'

/**
 * `npm run mutate`: changes the rules of the core one place at a time and asks whether a test sees it. Outside of CI: it
 * runs the core's tests once for each mutant.
 */

const ROOT = join(import.meta.dirname, '..', '..')
const WORKERS = 2
/** Below this the tests say too little about the rules. */
const AT_LEAST = 0.85
/** A mutant that never ends is seen too: it takes this many times as long as the tests take without one. */
const PATIENCE = 5

/** Gates, transition tables, and clocks. */
const RULES = [
  'packages/core/src/policy/gates/*.ts',
  'packages/core/src/*/transitions.ts',
  'packages/core/src/report/disposition.ts',
  'packages/core/src/policy/clocks/*.ts',
  'packages/core/src/policy/calendar.ts',
]

/** Explorations take long, and are asked only about what the others let live (`--explore`). */
const QUICK = ['packages/core/src', 'packages/core/test/*.test.ts', 'packages/core/test/proof/vultron.test.ts']
const EXPLORES = ['policy-check.test.ts', 'histories.test.ts']
const SLOW = ['packages/core/test/proof/explore.test.ts']

const { values } = parseArgs({
  options: {
    /** Only files with this in their path. */
    only: { type: 'string', default: '' },
    /** Only each n-th mutant: a sample. */
    every: { type: 'string', default: '1' },
    /** Asks the explorations about the survivors too. */
    explore: { type: 'boolean', default: false },
    /** Test files that fail by themselves, while somebody works on them. */
    without: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
})

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const files = globSync(RULES, { cwd: ROOT })
  .filter((path) => !path.endsWith('.test.ts') && path.includes(values.only))
  .toSorted()
const all = files.flatMap((path) => mutantsOf(path, readFileSync(join(ROOT, path), 'utf8')))
const mutants = all.filter((_, index) => index % Number(values.every) === 0)
if (mutants.length === 0) throw new Error('There is nothing to mutate: look at --only and --every.')

const waiting = [...mutants]
const survivors: Mutant[] = []
await Promise.all(Array.from({ length: WORKERS }, work))

const killed = mutants.length - survivors.length
const share = killed / mutants.length
if (values.json) {
  const living = survivors.map(({ text: _text, ...mutant }) => mutant)
  say(JSON.stringify({ is: 'mutation', of: all.length, tried: mutants.length, killed, survivors: living }))
} else {
  for (const { path, line, from, to } of survivors) say(`lives: ${path}:${line}  ${from}  →  ${to}`)
  say(
    `${killed} of ${mutants.length} mutants killed (${(100 * share).toFixed(1)} %), of ${all.length} in ${files.length} files.`,
  )
}
process.exitCode = share < AT_LEAST ? 1 : 0

/** Each worker has a copy of the core of its own to break. */
async function work(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-mutate-'))
  try {
    copyTree(folder)
    const began = performance.now()
    if (!(await passes(folder, QUICK))) throw new Error('The tests fail before anything is changed: mend them first.')
    const patience = PATIENCE * (performance.now() - began)
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const path = join(folder, mutant.path)
      const original = readFileSync(path, 'utf8')
      writeFileSync(path, mutant.text)
      const lives = (await passes(folder, QUICK, patience)) && !(values.explore && !(await passes(folder, SLOW)))
      writeFileSync(path, original)
      if (lives) survivors.push(mutant)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function copyTree(folder: string): void {
  for (const name of ['package.json', 'vitest.config.ts', 'tsconfig.base.json'])
    cpSync(join(ROOT, name), join(folder, name))
  for (const name of ['core', 'testkit', 'advisory', 'mail', 'engine', 'chat', 'config']) {
    const from = join(ROOT, 'packages', name)
    cpSync(from, join(folder, 'packages', name), {
      recursive: true,
      filter: (path) => !/\/(dist|node_modules)(\/|$)/.test(path.slice(from.length)),
    })
  }
  // The workspace's own packages are the copies, so that one broken core is all that a test sees.
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@embargo'), { recursive: true })
  for (const name of globSync(['*', '.bin', '@*/*'], { cwd: join(ROOT, 'node_modules') })) {
    if (name.startsWith('@embargo') || (name.startsWith('@') && !name.includes('/'))) continue
    mkdirSync(join(modules, name, '..'), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  }
  for (const name of globSync('*', { cwd: join(folder, 'packages') }))
    symlinkSync(join(folder, 'packages', name), join(modules, '@embargo', name))
}

function passes(folder: string, tests: readonly string[], patience?: number): Promise<boolean> {
  const signal = patience === undefined ? undefined : AbortSignal.timeout(Math.ceil(patience))
  const patterns = globSync([...tests], { cwd: folder }).flatMap((path) =>
    path.endsWith('.ts') ? [path] : [`${path}/`],
  )
  const out = [...EXPLORES, ...values.without]
  const left = patterns.filter((path) => !out.some((name) => path.endsWith(name)))
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--bail',
        '1',
        '--reporter',
        'dot',
        '--maxWorkers',
        '1',
        ...left,
      ],
      { cwd: folder, stdio: 'ignore', ...(signal === undefined ? {} : { signal }) },
    )
    child.once('exit', (code) => resolve(code === 0))
    child.once('error', (error) => (error.name === 'AbortError' ? resolve(false) : reject(error)))
  })
}

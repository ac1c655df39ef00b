import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { tester } from './asking.ts'
import type { Ran } from './asking.ts'
import type { Mutant } from './mutants.ts'
import { probed, probeOf } from './probes.ts'

/** Test files that saw mutants of a source are asked first about its others. */
const MOST_KEEN = 3
/** What it takes to begin a test file, beside its tests: so that short ones are not preferred by noise alone. */
const BEGINNING_MS = 50

export type Breakable = AsyncDisposable & {
  /**
   * The test file that saw the mutant first (empty where it did not come to its end); undefined where no test sees it.
   */
  seenBy(mutant: Mutant): Promise<string | undefined>
}

/** A copy of the core, with the packages that its tests use, in a folder of its own. */
export type Copy = Disposable & { readonly folder: string }

export function copyOf(root: string): Copy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'embargo-mutate-')))
  copyTree(root, folder)
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** Which test files entered which functions. What is not in here was entered by none. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Runs every test file once, in a world of its own, on sources whose functions say that they were entered.
 *
 * @throws when a test fails before anything is changed
 */
export async function reachOf(root: string, sources: readonly string[], tests: readonly string[]): Promise<Reach> {
  using copy = copyOf(root)
  const { folder } = copy
  for (const path of sources) writeFileSync(join(folder, path), probed(path, readFileSync(join(folder, path), 'utf8')))
  await using asked = tester({ folder, setup: join(import.meta.dirname, 'reach.setup.ts') })
  whole(await asked.ask({ changed: [], tests }))
  const reach = new Map<string, Set<string>>()
  for (const file of globSync('reached/*.json', { cwd: folder })) {
    const { testPath, reached } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      readonly testPath: string
      readonly reached: readonly string[]
    }
    for (const probe of reached)
      reach.set(probe, (reach.get(probe) ?? new Set<string>()).add(relative(folder, testPath)))
  }
  return reach
}

/** @throws when the tests fail before anything is changed */
export async function breakable(copy: Copy, tests: readonly string[], reach: Reach): Promise<Breakable> {
  const { folder } = copy
  const asked = tester({ folder })
  const took = whole(await asked.ask({ changed: [], tests }))
  const keen = new Map<string, readonly string[]>()
  const seen = new Map<string, number>()
  /** What was mended again since the last time. */
  const mended: string[] = []
  const worth = (test: string): number => ((seen.get(test) ?? 0) + 1) / ((took.get(test) ?? 0) + BEGINNING_MS)

  return {
    async seenBy({ path, within, text }) {
      const reaching = tests.filter((test) => within === undefined || reach.get(probeOf(path, within))?.has(test))
      if (reaching.length === 0) return undefined
      const first = (keen.get(path) ?? []).filter((test) => reaching.includes(test))
      const others = reaching.filter((test) => !first.includes(test)).toSorted((a, b) => worth(b) - worth(a))
      const source = join(folder, path)
      const original = readFileSync(source, 'utf8')
      writeFileSync(source, text)
      const ran = await asked.ask({ changed: [...mended.splice(0), path], tests: [...first, ...others] })
      writeFileSync(source, original)
      mended.push(path)
      if (ran.is === 'passed') return undefined
      const { file } = ran
      if (file === undefined) return ''
      seen.set(file, (seen.get(file) ?? 0) + 1)
      keen.set(path, [file, ...first.filter((test) => test !== file)].slice(0, MOST_KEEN))
      return file
    },
    [Symbol.asyncDispose]: () => asked[Symbol.asyncDispose](),
  }
}

function whole(ran: Ran): ReadonlyMap<string, number> {
  if (ran.is === 'passed') return ran.took
  throw new Error(`The tests fail before anything is changed, in ${ran.file ?? 'none of them'}: mend them first.`)
}

function copyTree(root: string, folder: string): void {
  for (const name of ['package.json', 'vitest.config.ts', 'tsconfig.base.json'])
    cpSync(join(root, name), join(folder, name))
  for (const name of ['core', 'testkit', 'advisory', 'mail', 'engine', 'chat', 'config']) {
    const from = join(root, 'packages', name)
    cpSync(from, join(folder, 'packages', name), {
      recursive: true,
      filter: (path) => !/\/(dist|node_modules)(\/|$)/.test(path.slice(from.length)),
    })
  }
  // The workspace's own packages are the copies, so that one broken core is all that a test sees.
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@embargo'), { recursive: true })
  for (const name of globSync(['*', '.bin', '@*/*'], { cwd: join(root, 'node_modules') })) {
    if (name.startsWith('@embargo') || (name.startsWith('@') && !name.includes('/'))) continue
    mkdirSync(join(modules, name, '..'), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const name of globSync('*', { cwd: join(folder, 'packages') }))
    symlinkSync(join(folder, 'packages', name), join(modules, '@embargo', name))
}

import { spawn } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** A mutant that never ends is seen too: it takes this many times as long as the tests take without one. */
const PATIENCE = 5
/** Test files that saw mutants of a source are asked first about its others; more would take as long as all of them. */
const MOST_KEEN = 3

export type Breakable = Disposable & {
  readonly folder: string
  /** @throws when the tests fail before anything is changed */
  passesWhole(stages: readonly (readonly string[])[]): Promise<void>
  /** Whether no test sees what was changed in this source. */
  passes(stages: readonly (readonly string[])[], source: string): Promise<boolean>
}

/** A copy of the core, with the packages that its tests use, in a folder of its own. */
export function breakable(root: string): Breakable {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-mutate-'))
  copyTree(root, folder)
  const keen = new Map<string, readonly string[]>()
  let patience: number | undefined

  async function passes(tests: readonly string[], source: string): Promise<boolean> {
    const seenBy = await failing(folder, tests, patience)
    if (seenBy === undefined) return true
    if (seenBy !== '') {
      const others = (keen.get(source) ?? []).filter((one) => one !== seenBy)
      keen.set(source, [seenBy, ...others].slice(0, MOST_KEEN))
    }
    return false
  }

  return {
    folder,
    async passesWhole(stages) {
      const began = performance.now()
      const seenBy = await failing(folder, stages.flat(), undefined)
      if (seenBy !== undefined)
        throw new Error(`The tests fail before anything is changed, in ${seenBy || 'none of them'}: mend them first.`)
      patience = PATIENCE * (performance.now() - began)
    },
    async passes(stages, source) {
      const first = keen.get(source) ?? []
      for (const stage of [first, ...stages]) {
        if (stage.length > 0 && !(await passes(stage, source))) return false
      }
      return true
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
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

/** The test file that failed first; empty where none of them came to its end; undefined where all pass. */
async function failing(folder: string, tests: readonly string[], patience: number | undefined) {
  const signal = patience === undefined ? undefined : AbortSignal.timeout(Math.ceil(patience))
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(folder, 'node_modules/vitest/vitest.mjs'),
        'run',
        ...['--bail', '1', '--reporter', 'json', '--outputFile', report],
        // The core keeps nothing between tests, and a new world for each file would take most of the time.
        ...['--maxWorkers', '1', '--isolate=false'],
        ...tests,
      ],
      { cwd: folder, stdio: 'ignore', ...(signal === undefined ? {} : { signal }) },
    )
    child.once('exit', resolve)
    child.once('error', (error) => (error.name === 'AbortError' ? resolve(1) : reject(error)))
  })
  return code === 0 ? undefined : failedIn(folder, report)
}

function failedIn(folder: string, report: string): string {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      readonly testResults: readonly { readonly name: string; readonly status: string }[]
    }
    const failed = testResults.find(({ status }) => status === 'failed')
    return failed === undefined ? '' : relative(folder, failed.name)
  } catch {
    // It was stopped before it wrote what it saw.
    return ''
  }
}

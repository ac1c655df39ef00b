import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { createVitest } from 'vitest/node'
import type { Answer, Question } from './asking.ts'

/**
 * A program of its own that runs tests again and again in a copy: what it has read once it need not read again, and who
 * asks can stop it when a mutant never ends.
 */

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '.' },
    /** Runs each test file in a world of its own, after this file. */
    setup: { type: 'string' },
  },
})
const { folder, setup } = values
const tell = (answer: Answer): void => void process.send?.(answer)
const inFolder = (path: string): string => relative(folder, path)

/** As they were asked for: what is most likely to fail first. */
class AsAsked {
  sort<T>(files: readonly T[]): readonly T[] {
    return files
  }
  shard<T>(files: readonly T[]): readonly T[] {
    return files
  }
}

/** The test file in which a test of this run failed first. A file that is broken off then has no state of its own. */
let failedIn: string | undefined

const vitest = await createVitest('test', {
  root: folder,
  watch: false,
  maxWorkers: 1,
  fileParallelism: false,
  // The core keeps nothing between tests, and a new world for each file would take most of the time.
  isolate: setup !== undefined,
  setupFiles: setup === undefined ? [] : [setup],
  sequence: { sequencer: AsAsked as never },
  reporters: [
    {
      // Vitest's own `bail` counts what failed in earlier runs too, and would end this one before it began.
      onTestCaseResult: (test) => {
        if (test.result().state !== 'failed') return
        failedIn ??= inFolder(test.module.moduleId)
        void vitest.cancelCurrentRun('test-failure')
      },
      onTestModuleEnd: ({ moduleId }) => tell({ is: 'ended', file: inFolder(moduleId), at: Date.now() }),
    },
  ],
})

process.on('message', (question: Question) => {
  void answer(question)
})
process.once('disconnect', () => process.exit())
tell({ is: 'ready' })

async function answer({ changed, tests }: Question): Promise<void> {
  for (const path of changed) vitest.invalidateFile(join(folder, path))
  const all = await vitest.globTestSpecifications()
  const specifications = tests.flatMap((path) => all.filter(({ moduleId }) => inFolder(moduleId) === path))
  if (specifications.length < tests.length) throw new Error('A test file is not there.')
  failedIn = undefined
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  const failed = testModules.find((one) => one.state() === 'failed')
  const file = failedIn ?? (failed === undefined ? undefined : inFolder(failed.moduleId))
  if (file !== undefined) return tell({ is: 'failed', file })
  const whole = unhandledErrors.length === 0 && testModules.every((one) => one.state() === 'passed')
  tell({ is: whole ? 'passed' : 'broke-off' })
}

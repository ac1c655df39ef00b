import type { TestProject } from 'vitest/node'

/**
 * The most minutes that all tests with real servers may take together. If they took longer, people would not run them.
 */
const MOST_MINUTES = 6

/** How long the servers of a cancelled test may take to end. */
const GRACE_MS = 30_000

let timer: NodeJS.Timeout | undefined

/** Cancels the run with an error when it takes too long. */
export function setup({ vitest }: TestProject): void {
  timer = setTimeout(() => {
    process.exitCode = 1
    vitest.logger.error(
      `\nThe tests with real servers took longer than ${MOST_MINUTES} minutes, so they are cancelled. Run them on a machine that does nothing else, or make them faster.\n`,
    )
    void vitest.cancelCurrentRun('test-failure')
    setTimeout(() => void vitest.exit(true), GRACE_MS).unref()
  }, MOST_MINUTES * 60_000)
}

export const teardown = (): void => clearTimeout(timer)

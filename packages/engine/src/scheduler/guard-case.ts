import type { StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { safeError } from '../shared/safe-error.ts'

export type CaseGuard = <T>(work: () => Promise<T>) => Promise<T | undefined>

/** Logs a failure in one case, with the number of the case, and lets the other cases continue. */
export const guardCase =
  ({ log }: Pick<Deps, 'log'>, stream: StreamId, failed?: () => void): CaseGuard =>
  async (work) => {
    try {
      return await work()
    } catch (error) {
      failed?.()
      log.error('the deadlines of a case could not be checked', { stream, ...safeError(error) })
      return undefined
    }
  }

import type { CaseState, Report } from '../state.ts'

/**
 * A report that has not been forwarded yet, although its reporter agreed that it goes to the vendor of the software.
 */
export const pendingForward = ({
  disposition,
  reports,
}: Pick<CaseState, 'disposition' | 'reports'>): Report | undefined =>
  disposition === 'other-vendor'
    ? reports.find(
        ({ forwarding, forwarded = [] }) =>
          (forwarding === 'named' || forwarding === 'unnamed') && forwarded.length === 0,
      )
    : undefined

import type { CaseState, Report } from '../state.ts'

/** A report that has not been forwarded to the software's vendor yet, although its reporter has agreed to that. */
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

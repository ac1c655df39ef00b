import type { CaseState, Report } from '../state.ts'

/** A report that its reporter lets go to the vendor whose software it is about, and that has not gone yet. */
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

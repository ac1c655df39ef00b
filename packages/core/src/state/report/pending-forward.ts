import type { CaseState, Report } from '../state.ts'

/**
 * A report whose reporter agrees to its being forwarded to the vendor of the software, and that has not been forwarded
 * yet.
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

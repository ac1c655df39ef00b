import type { ReportId } from '../../shared/ids.ts'
import { z } from 'zod'
import type { CaseState } from '../state.ts'

/**
 * Finds a mail address in the contact that a person entered for the other vendor. Some people enter a web page or "see
 * their website" instead.
 */
const ADDRESS = /[^\s<>()[\]:;,"]+@[^\s<>()[\]:;,"]+/u

/** The vendors to whom reports of the case were forwarded, including reports that have moved to another case. */
export const vendorsOf = ({
  reports,
  moved,
}: Pick<CaseState, 'reports' | 'moved'>): readonly { readonly report: ReportId; readonly to: string }[] =>
  [...reports, ...moved.map(({ report }) => report)].flatMap(({ id, forwarded = [] }) =>
    forwarded.map(({ to }) => ({ report: id, to })),
  )

/** The mail address of the other vendor, if the contact has one. */
export function contactOf({ vendor }: Pick<CaseState, 'vendor'>): string | undefined {
  const found = z.email().safeParse(ADDRESS.exec(vendor?.contact ?? '')?.[0])
  return found.success ? found.data : undefined
}

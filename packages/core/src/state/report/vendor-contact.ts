import type { ReportId } from '../../shared/ids.ts'
import { z } from 'zod'
import type { CaseState } from '../state.ts'

/** An address in what was written as the other vendor's contact: people also write a page, or "see their website". */
const ADDRESS = /[^\s<>()[\]:;,"]+@[^\s<>()[\]:;,"]+/u

/** To whom reports of the case were forwarded, those too that went to another case since. */
export const vendorsOf = ({
  reports,
  moved,
}: Pick<CaseState, 'reports' | 'moved'>): readonly { readonly report: ReportId; readonly to: string }[] =>
  [...reports, ...moved.map(({ report }) => report)].flatMap(({ id, forwarded = [] }) =>
    forwarded.map(({ to }) => ({ report: id, to })),
  )

/** The address that was recorded as the other vendor's contact. */
export function contactOf({ vendor }: Pick<CaseState, 'vendor'>): string | undefined {
  const found = z.email().safeParse(ADDRESS.exec(vendor?.contact ?? '')?.[0])
  return found.success ? found.data : undefined
}

import { z } from 'zod'
import type { CaseState } from '../case/state.ts'

/** An address in what was written as the other vendor's contact: people also write a page, or "see their website". */
const ADDRESS = /[^\s<>()[\]:;,"]+@[^\s<>()[\]:;,"]+/u

/** The address that was recorded as the other vendor's contact. */
export function contactOf({ vendor }: Pick<CaseState, 'vendor'>): string | undefined {
  const found = z.email().safeParse(ADDRESS.exec(vendor?.contact ?? '')?.[0])
  return found.success ? found.data : undefined
}

import { CaseId } from '@embargo/core'

/** At least four digits, so that numbers of one year sort as text. */
const DIGITS = 4

/** `SEC-2026-0042` */
export const caseNumber = (prefix: string, year: number, number: number): CaseId =>
  CaseId.parse(`${prefix}-${year}-${String(number).padStart(DIGITS, '0')}`)

import { COLUMNS } from '@embargo/core'
import type { Letter, LetterBase } from '../src/shared/letter.ts'

/** The common fields of all letters about the invented case. */
export const base: LetterBase = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  zone: 'Europe/Berlin',
}

export const embargo = { end: Date.parse('2026-08-24T00:00:00Z') }

/** Values that stand for secrets. No letter has a field for them. */
export const PLANTED = { recipient: 'PLANTED', suspect: 'PLANTED', proposer: 'PLANTED', exploit: 'PLANTED' }

/** Lines that a mail program would break. */
export const wideLines = ({ text }: Letter): readonly string[] =>
  text.split('\n').filter((line) => line.length > COLUMNS)

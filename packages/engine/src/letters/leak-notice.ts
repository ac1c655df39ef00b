import { leakNotice as write } from '@embargo/mail'
import { base, embargoTerms } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const leakNotice: LetterRenderer = {
  letter: 'leak-notice',
  render: (material) => write({ ...base(material), embargo: embargoTerms(material) }),
}

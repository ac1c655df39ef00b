import { ossSecurity as write } from '@embargo/advisory'
import { recordOf } from './advisory-record.ts'
import type { LetterRenderer } from './material.ts'

export const ossSecurity: LetterRenderer = {
  letter: 'oss-security',
  render: (material) => ({ ...write({ record: recordOf(material, material.case) }), automatic: false }),
}

import { ossSecurity as write } from '@embargo/documents'
import { recordOf } from './advisory-record.ts'
import type { LetterRenderer } from './material.ts'

export const ossSecurity: LetterRenderer = {
  letter: 'oss-security',
  render(material) {
    const [first = material.case, ...others] = material.cases
    const records = [recordOf(material, first), ...others.map((each) => recordOf(material, each))] as const
    return { ...write({ records }), automatic: false }
  },
}

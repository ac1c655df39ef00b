import { announcement as write } from '@embargo/documents'
import { recordOf } from './advisory-record.ts'
import { contact } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const announcement: LetterRenderer = {
  letter: 'announcement',
  render(material) {
    const records = material.cases.map((each) => recordOf(material, each))
    return { ...write({ project: material.project.name, records, contact: contact(material) }), automatic: false }
  },
}

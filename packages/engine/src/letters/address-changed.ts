import { addressChanged as write } from '@embargo/letters'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const addressChanged: LetterRenderer = {
  letter: 'address-changed',
  render: (material) => write({ ...base(material), reader: material.to.kind === 'former' ? 'former' : 'new' }),
}

import { embargoSettled as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base, embargoTerms } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const embargoSettled: LetterRenderer = {
  letter: 'embargo-settled',
  render(material) {
    const { event } = material
    const common = { ...base(material), embargo: embargoTerms(material) }
    if (event?.type === 'EmbargoAccepted') return write({ ...common, settled: 'agreed', embargo: { end: event.end } })
    if (event?.type === 'EmbargoRejected') return write({ ...common, settled: 'not-agreed', reason: event.reason })
    if (event?.type === 'EmbargoExited') return write({ ...common, settled: 'opened' })
    throw new CannotPerform('Nothing about the embargo was settled.')
  },
}

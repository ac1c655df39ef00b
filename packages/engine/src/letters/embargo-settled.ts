import { embargoSettled as write } from '@embargo/letters'
import type { Settled } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base, embargoTerms } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const embargoSettled: LetterRenderer = {
  letter: 'embargo-settled',
  render(material) {
    const { event } = material
    const settled = settledBy(material)
    const common = { ...base(material), embargo: embargoTerms(material) }
    if (event?.type === 'EmbargoAccepted') return write({ ...common, settled, embargo: { end: event.end } })
    if (event?.type === 'EmbargoRejected') return write({ ...common, settled, reason: event.reason })
    if (event?.type === 'EmbargoExited') return write({ ...common, settled })
    throw new CannotPerform('Nothing about the embargo was settled.')
  },
}

/** What became of it for the reader: a date is agreed with those who said it, and no others. */
export function settledBy({ event, to, report, case: { reports } }: LetterMaterial): Settled {
  if (event?.type === 'EmbargoRejected') return 'not-agreed'
  if (event?.type !== 'EmbargoAccepted') return 'opened'
  // Nobody named it but the team, and whoever is told did not answer.
  if (event.report === undefined) return 'decided'
  if (to.kind === 'report' && to.report === event.report) return 'agreed'
  const namedBy = reports.find(({ id }) => id === event.report)?.reporter
  return report !== undefined && report.reporter === namedBy ? 'agreed' : 'for-another'
}

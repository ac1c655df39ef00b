import { forwardedReport as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const forwardedReport: LetterRenderer = {
  letter: 'forwarded-report',
  async render(material) {
    const { event } = material
    if (event?.type !== 'ReportForwarded') throw new CannotPerform('No report was forwarded.')
    return write({ ...base(material), text: await material.text(event.text) })
  },
}

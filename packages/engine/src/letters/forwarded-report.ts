import { forwardedReport as write } from '@embargo/letters'
import type { LetterAttachment } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const forwardedReport: LetterRenderer = {
  letter: 'forwarded-report',
  async render(material) {
    const { event } = material
    if (event?.type !== 'ReportForwarded') throw new CannotPerform('No report was forwarded.')
    const files = event.files === undefined ? [] : await filesOf(material, event.report, event.files)
    return write({ ...base(material), text: await material.text(event.text), files })
  },
}

/** The files that whoever forwarded it has seen by name and hash, and no others. */
async function filesOf(
  { case: theCase, files }: LetterMaterial,
  id: string,
  wanted: readonly string[],
): Promise<readonly LetterAttachment[]> {
  const report = [...theCase.reports, ...theCase.moved.map((one) => one.report)].find((one) => one.id === id)
  if (report === undefined) throw new CannotPerform('The report of this mail is not on the case any more.')
  const came = await files(report.message)
  return wanted.map((sha256) => {
    const file = came.find((one) => one.sha256 === sha256)
    if (file === undefined) throw new CannotPerform('A file that goes with this mail cannot be found.')
    return { filename: file.name, contentType: file.type, content: file.content }
  })
}

import { thanks as write } from '@embargo/letters'
import { fixedVersionsOf } from './parts.ts'
import { base, creditLine, cveIdOf, reportOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const thanks: LetterRenderer = {
  letter: 'thanks',
  render: (material) =>
    write({
      ...base(material),
      versions: fixedVersionsOf([material.case]),
      links: [],
      cve: cveIdOf(material, material.case),
      credit: creditLine(reportOf(material)),
    }),
}

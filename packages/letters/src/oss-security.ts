import { ossSecurity as write } from '@embargo/documents'
import type { OssSecurityFields } from '@embargo/documents'
import { exploitOf, recordOf } from './shared/advisory-record.ts'
import { defineLetter } from './shared/define-letter.ts'
import type { Letter } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

/** The mail to oss-security, the public mailing list where people look for what they must patch. */
export const ossSecurity = defineLetter({
  name: 'oss-security',
  label: 'oss-security mail',
  facts,
  words,
})

function facts(material: LetterMaterial): OssSecurityFields {
  const [first = material.case, ...others] = material.cases
  return {
    about: material.project.about,
    template: material.policy.templates['oss-security'],
    exploitOf: exploitOf(material, material.cases),
    records: [recordOf(material, first), ...others.map((each) => recordOf(material, each))],
  }
}

function words(fields: OssSecurityFields): Letter {
  return { ...write(fields), automatic: false }
}

import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'

export type PublicLinkFields = LetterBase & {
  /** What the link leads to. */
  what: 'advisory' | 'cve-record'
  cve?: string | undefined
  link: string
}

/** Tells the reporter where the public advisory or the CVE record about their report is. */
export const publicLink = defineLetter({
  name: 'public-link',
  label: 'link to what is public',
  obsoleteAfter: ['merge', 'spam'],
  facts,
  words,
})

function facts(material: LetterMaterial): PublicLinkFields {
  const { event } = material
  switch (event?.type) {
    case 'AdvisoryPublished':
      return { ...base(material), what: 'advisory', link: event.link }
    case 'CvePublished':
      return { ...base(material), what: 'cve-record', cve: event.cve, link: event.link }
    default:
      throw new CannotWrite('Nothing with a link was published.')
  }
}

function words(fields: PublicLinkFields): Letter {
  const { what, cve, link } = fields
  return letter({
    base: fields,
    about: what === 'advisory' ? 'The advisory is public' : 'The CVE record is public',
    automatic: true,
    blocks: [
      what === 'advisory'
        ? 'The advisory about what you reported is public:'
        : `The record of ${cve ?? 'the CVE id'}, about what you reported, is public:`,
      { items: [link] },
      'If a name, a version or anything else in it is wrong, reply and we correct it.',
    ],
  })
}

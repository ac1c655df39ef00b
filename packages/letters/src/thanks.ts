import { fixedVersionsOf, publicLinks } from './shared/advisory-record.ts'
import { base, creditLine, cveIdOf, reportOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { letter, listed } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common } from './shared/template-values.ts'

/** The letter to a reporter after the publication. */
export type ThanksFields = LetterBase & {
  /** The fixed versions, as users name them; empty if nothing is released. */
  versions: readonly string[]
  links: readonly string[]
  /** The credit as it was printed; absent if nobody was named. */
  credit?: string | undefined
  /** `null` if no CVE id will come. */
  cve?: string | null | undefined
}

/**
 * The last letter of a case. It tells the reporter that what they reported is public, thanks them, and says what they
 * may publish now and how to come back.
 */
export const thanks = defineLetter({
  name: 'thanks',
  label: 'thanks',
  facts,
  words,
  templateFields: (material) => {
    const { versions, links, cve, credit } = facts(material)
    return {
      ...common(material),
      versions: versions.join(', '),
      links: links.join('\n'),
      cve: cve ?? '',
      credit: credit ?? '',
    }
  },
})

function facts(material: LetterMaterial): ThanksFields {
  return {
    ...base(material),
    versions: fixedVersionsOf(material, [material.case]),
    links: publicLinks(material, material.case).map(({ url }) => url),
    cve: cveIdOf(material, material.case),
    credit: creditLine(reportOf(material)),
  }
}

function words(fields: ThanksFields): Letter {
  return letter({
    base: fields,
    about: 'Published, and thank you',
    automatic: true,
    blocks: [
      `What you reported is public${fixedIn(fields)}. Thank you: the users of ${fields.project} are safer because you wrote to us.`,
      fields.links.length === 0 ? undefined : { items: fields.links },
      {
        rows: [
          ['Credit', fields.credit ?? 'nobody is named'],
          ...(fields.cve === null
            ? []
            : [['CVE', fields.cve ?? 'pending; the published texts are updated when it comes'] as const]),
        ],
      },
      'The embargo has ended. You may publish what you know, your own write-up and your code included. If you can, leave people a few days to update before you publish an exploit; that is a wish and not a condition.',
      'If a link, a name or a version is wrong, reply and we correct it. Please use the same address for whatever you find next, or to tell us how this went for you.',
    ],
  })
}

function fixedIn({ project, versions }: ThanksFields): string {
  return versions.length === 0 ? '' : `, and fixed in ${project} ${listed(versions)}`
}

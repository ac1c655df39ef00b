import { announcement } from './announcement.ts'
import { blogPost } from './blog-post.ts'
import type { PageFields } from './blog-post.ts'
import { ossSecurity } from './oss-security.ts'
import type { OssSecurityFields } from './oss-security.ts'
import { releaseNotes } from './release-notes.ts'
import { DRAFT_NOTE } from '../records/format.ts'
import type { PublicText } from './text.ts'

/** The public texts about a release. Each of these texts can be printed at any time. */
export const RELEASE_TEXTS = ['announcement', 'oss-security', 'blog-post', 'release-notes'] as const
export type ReleaseText = (typeof RELEASE_TEXTS)[number]

/** A public text about a release. Until the publication, the text says that it is a draft. */
export function releaseText(
  name: ReleaseText,
  { exploitOf, ...fields }: PageFields & Pick<OssSecurityFields, 'exploitOf'>,
): string {
  const [first, ...others] = fields.records
  switch (name) {
    case 'announcement':
      return asMail(announcement(fields), fields)
    case 'oss-security':
      return first === undefined
        ? ''
        : asMail(ossSecurity({ ...fields, exploitOf, records: [first, ...others] }), fields)
    case 'blog-post':
      return blogPost(fields)
    case 'release-notes':
      return releaseNotes(fields)
  }
}

const asMail = ({ subject, text }: PublicText, { isPublished }: PageFields): string =>
  `${isPublished ? '' : `${DRAFT_NOTE}\n\n`}Subject: ${subject}\n\n${text}`

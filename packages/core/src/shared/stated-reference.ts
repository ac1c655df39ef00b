import { z } from 'zod'

/**
 * What is behind a link that a person adds to the public texts. `fix`: the change that fixes the vulnerability.
 * `report`: an issue or a report. `third-party-advisory`: somebody else's advisory about the same vulnerability.
 */
export const ReferenceKind = z.enum(['fix', 'report', 'article', 'discussion', 'third-party-advisory', 'web'])
export type ReferenceKind = z.infer<typeof ReferenceKind>

/** The most links that people can add to the public texts. The limit keeps the texts from becoming lists of links. */
export const REFERENCES_MAX = 20

/** The maximum length of a link. Every record must accept the link, and a form must be able to show all links. */
const LINK_MAX = 500

/**
 * A web address that every format takes unchanged (RFC 3986, section 2). A user name before the host is not allowed,
 * because it would hide where the link leads (section 7.6).
 */
export const PublicLink = z
  .url({ protocol: /^https?$/, error: 'a link looks like https://example.org/page' })
  .max(LINK_MAX)
  .regex(
    /^https?:\/\/[^\s"<>\\^`{|}@/?#]+(?:[/?#][^\s"<>\\^`{|}\p{C}]*)?$/u,
    'a link has no space, quote, bracket or user name',
  )

/** A link that a person adds to the public texts. Embargo adds other links itself, such as the link of the advisory. */
export const StatedReference = z.object({ kind: ReferenceKind, url: PublicLink })
export type StatedReference = z.infer<typeof StatedReference>

export const StatedReferences = z.array(StatedReference).max(REFERENCES_MAX).readonly()
export type StatedReferences = z.infer<typeof StatedReferences>

export const sameReferences = (some: StatedReferences = [], others: StatedReferences = []): boolean =>
  some.length === others.length &&
  some.every(({ kind, url }, index) => kind === others[index]?.kind && url === others[index].url)

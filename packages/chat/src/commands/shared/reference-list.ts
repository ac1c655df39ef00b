import { PublicLink, ReferenceKind } from '@embargo/core'
import type { StatedReferences } from '@embargo/core'

export const REFERENCE_HINT = `Each with its kind: article https://… (${ReferenceKind.options.join(', ')})`

/** A link as it was typed: with its kind, or after the word `no`, which removes the link. */
type TypedReference = StatedReferences[number] | { readonly kind: 'none'; readonly url: string }

/**
 * Reads links, each after its kind: `fix https://…; article https://…`. A link without a kind is a `web` page. If the
 * text cannot be read, returns a sentence that says why.
 */
export function readReferences(text: string): readonly TypedReference[] | string {
  const found = new Map<string, TypedReference>()
  let kind: TypedReference['kind'] | undefined
  for (const word of text.split(/\s+/u).map((one) => one.replace(/[;,]+$/u, ''))) {
    if (word === '') continue
    const named = word.toLowerCase() === 'no' ? 'none' : ReferenceKind.safeParse(word.toLowerCase()).data
    if (named !== undefined && kind === undefined) {
      kind = named
      continue
    }
    const link = PublicLink.safeParse(word)
    if (!link.success)
      return `“${word}” is no link and no kind of link: write article https://example.org/page. The kinds are ${ReferenceKind.options.join(', ')}.`
    found.set(link.data, { kind: kind ?? 'web', url: link.data })
    kind = undefined
  }
  return kind === undefined ? [...found.values()] : `After “${kind === 'none' ? 'no' : kind}” comes a link: https://…`
}

/** Links as people type them, one a line. */
export const referencesInWords = (references: StatedReferences): string =>
  references.map(({ kind, url }) => `${kind} ${url}`).join('\n')

import { stepOf } from '@embargo/core'
import type { CaseState, ReleaseState } from '@embargo/core'
import type { Line } from '@embargo/engine'
import { publicLink } from '../cards/advisory-link.ts'
import { line } from '../cards/spans.ts'

/**
 * Links to everything that is public about the case, one line for each. Links that a person recorded by hand are
 * included.
 */
export function publishedLines(state: CaseState | undefined, release: ReleaseState | undefined): readonly Line[] {
  const delivered = (release?.deliveries ?? [])
    .filter((one) => one.case === state?.id)
    .map(({ step, link }) => ({ words: stepOf(step).words, link }))
  const all = [
    ...delivered,
    { words: 'advisory', link: state?.advisoryLink?.published?.link },
    { words: 'CVE record', link: state?.cve?.recordLink },
  ]
  return all.flatMap(({ words, link }, index) =>
    link === undefined || all.findIndex((one) => one.link === link) < index
      ? []
      : [line(`${words}: `, publicLink(link))],
  )
}

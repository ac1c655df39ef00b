import { DOCUMENT_STEPS, listAnd } from '@embargo/core'
import { LETTERS } from '@embargo/letters'
import type { ReleaseState } from '@embargo/core'

type Progress = Pick<ReleaseState, 'delivered' | 'deliveries' | 'steps'>

/**
 * Says which parts of a release can no longer be stopped: what its steps have made public, and the mails that a server
 * has accepted.
 */
export function describeAlreadyOut(release: Progress | undefined): string {
  const taken = 'a mail that a server is accepting at this moment may still go out.'
  const [published, sent] = release === undefined ? [[], []] : [publishedNames(release), sentNames(release)]
  if (published.length + sent.length === 0) return `Nothing of it is out yet; ${taken}`
  return [
    ...(published.length === 0 ? [] : [`Public already: ${listAnd(published)}.`]),
    ...(sent.length === 0 ? [] : [`Sent already, and cannot be called back: ${listAnd(sent)}.`]),
    `Besides, ${taken}`,
  ].join(' ')
}

/** A step counts as soon as one of its documents is public. */
const publishedNames = ({ deliveries = [], steps }: Progress): readonly string[] =>
  DOCUMENT_STEPS.filter(
    ({ id }) =>
      deliveries.some(({ step }) => step === id) ||
      steps.some(({ step, doneAt }) => step === id && doneAt !== undefined),
  ).map(({ id, words }) => (id === 'fixed-versions' ? 'fixed versions' : words))

function sentNames({ delivered }: Progress): readonly string[] {
  const letters = delivered.map((one) => one.split('>')[0])
  return Object.entries(LETTERS).flatMap(([letter, { label }]) => {
    const count = letters.filter((one) => one === letter).length
    return count === 0 ? [] : [count === 1 ? `1 ${label}` : `${count} times the ${label}`]
  })
}

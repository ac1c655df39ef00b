import { listAnd } from '@embargo/core'
import { LETTERS } from '@embargo/letters'
import type { ReleaseState } from '@embargo/core'

/** Says which mails of a release can no longer be stopped, because a server has accepted them. */
export function describeSentMails(release: Pick<ReleaseState, 'approved' | 'delivered'> | undefined): string {
  const letters = (release?.delivered ?? []).map((one) => one.split('>')[0])
  const counts = Object.entries(LETTERS).flatMap(([letter, { label }]) => {
    const count = letters.filter((one) => one === letter).length
    return count === 0 ? [] : [count === 1 ? `1 ${label}` : `${count} times the ${label}`]
  })
  const taken = 'a mail that a server is taking at this moment may still leave.'
  return counts.length === 0
    ? `Nothing of it has left; ${taken}`
    : `Sent already, and cannot be called back: ${listAnd(counts)}. Besides, ${taken}`
}

import { counted } from '@embargo/core'
import type { CaseState, Person, Suspect } from '@embargo/core'
import { firstAndRest } from '../../text/words.ts'

type LeakCorrection = { readonly suspect?: Suspect; readonly reason: string }

/** Finds the person for a typed name or mention. */
type FindPerson = (typed: string) => Person | undefined

/**
 * Reads which leak signal was a mistake, and the reason. If the first word is `all`, or a suspect of a leak that counts
 * in this case, the reason follows that word. With any other first word, the whole text is the reason. But if the leaks
 * that count have different suspects, the result is instead a sentence that asks for a name.
 */
export function findLeakSuspect(state: CaseState, typed: string, find: FindPerson): LeakCorrection | string {
  const suspects = suspectsOf(state)
  const [word, rest] = firstAndRest(typed)
  const matches = suspects.filter((one) => one !== undefined && isNamed(one, word, find))
  const [suspect, ...others] = matches
  if (suspect !== undefined && others.length === 0) return { suspect, reason: rest }
  if (word.toLowerCase() === 'all') return { reason: rest }
  if (suspects.length < 2) return { reason: typed.trim() }
  const names = suspects.flatMap((one) => (one === undefined ? [] : [nameOf(one, suspects)]))
  return `Several leaks are signalled here: ${names.join(', ')}${suspects.includes(undefined) ? ', and one without a named suspect' : ''}. Type the name of the one that was wrong, or “all”, and then the reason.`
}

/** The suspects of the leaks that count, each once; undefined for a leak without a suspect. */
function suspectsOf(state: CaseState): readonly (Suspect | undefined)[] {
  const all = counted(state, 'leak').map(({ suspect }) => suspect)
  const keys = all.map(keyOf)
  return all.filter((one, at) => keys.indexOf(keyOf(one)) === at)
}

const keyOf = (suspect: Suspect | undefined): string => (suspect === undefined ? '' : JSON.stringify(suspect))

function isNamed(suspect: Suspect, word: string, find: FindPerson): boolean {
  if (suspect.kind === 'person')
    return /^<?@/u.test(word) && (word === `@${suspect.person}` || find(word)?.id === suspect.person)
  const typed = word.toLowerCase()
  return typed === suspect.recipient || typed === `${suspect.list}/${suspect.recipient}`
}

/** The suspect's name as it can be typed: with the list, if recipients on two lists have that name. */
function nameOf(suspect: Suspect, suspects: readonly (Suspect | undefined)[]): string {
  if (suspect.kind === 'person') return `@${suspect.person}`
  const { list, recipient } = suspect
  const same = suspects.filter((one) => one?.kind === 'recipient' && one.recipient === recipient)
  return same.length > 1 ? `${list}/${recipient}` : recipient
}

import { addresseeKey, HOUR } from '@embargo/core'
import type { LetterName } from '@embargo/core'
import type { EffectContext } from '../dispatch/context.ts'
import { movedBy } from './moved-by.ts'

/** What speaks of work that is to come: after the publication it would only confuse. */
const BEFORE_PUBLICATION: ReadonlySet<LetterName> = new Set<LetterName>([
  'receipt',
  'acknowledgment',
  'outcome',
  'remediation',
  'verification-request',
  'verification-nudge',
  'question',
  'update',
  'embargo-proposal',
  'embargo-settled',
  'slipped',
  'recipient-slipped',
  'heads-up-corrected',
])

/** What asks for something that nobody needs of a case that is closed. */
const BEFORE_CLOSING: ReadonlySet<LetterName> = new Set<LetterName>([
  'verification-request',
  'verification-nudge',
  'question',
  'embargo-proposal',
])

/** What promises work, which a letter that ends the case takes back. */
const BEFORE_LAST_WORD: ReadonlySet<LetterName> = new Set<LetterName>(['acknowledgment', 'remediation', 'update'])

/** What says how a report ended. */
const LAST_WORD: ReadonlySet<LetterName> = new Set<LetterName>(['outcome', 'closed'])

/** What spam was to get before somebody saw that it is spam. */
const BEFORE_SPAM: ReadonlySet<LetterName> = new Set<LetterName>(['receipt', 'acknowledgment', 'outcome', 'update'])

/** What names a planned date. */
const OF_A_DATE: ReadonlySet<LetterName> = new Set<LetterName>(['slipped', 'recipient-slipped', 'heads-up-corrected'])

/** A receipt that waited for less, as after a crash, is still what a reporter expects first. */
const OLD_RECEIPT_MS = HOUR

type Waiting = Pick<EffectContext<'send-mail'>, 'effect' | 'recorded' | 'world' | 'inside' | 'now'>

/** Why a mail that waited, as for a relay, must not leave any more; undefined where it still says what is so. */
export async function supersededBy(waiting: Waiting): Promise<string | undefined> {
  return byWhatHappened(waiting) ?? (await byLaterLetter(waiting))
}

function byWhatHappened({ effect: { letter }, recorded, world }: Waiting): string | undefined {
  const { case: state, release } = world
  const publishedAt = release?.startedAt ?? state?.publishedAt
  if (publishedAt !== undefined && recorded.at < publishedAt && BEFORE_PUBLICATION.has(letter))
    return 'It was published before this mail could leave.'
  const { decidedAt, disposition } = state ?? {}
  const isSpam = disposition === 'spam' && decidedAt !== undefined && recorded.at < decidedAt
  if (isSpam && (BEFORE_SPAM.has(letter) || BEFORE_CLOSING.has(letter))) return 'It is spam, which gets no answer.'
  const { closedAt } = state ?? {}
  if (closedAt !== undefined && recorded.at < closedAt && BEFORE_CLOSING.has(letter))
    return 'The case was closed before this mail could leave.'
  const moved = movedBy(recorded.event)
  if (OF_A_DATE.has(letter) && moved?.at !== undefined && release?.at !== undefined && release.at !== moved.at)
    return 'The date was moved again before this mail could leave.'
  return undefined
}

async function byLaterLetter(waiting: Waiting): Promise<string | undefined> {
  const { letter } = waiting.effect
  if (waiting.recorded.at >= waiting.now) return undefined
  const isOld = waiting.now - waiting.recorded.at >= OLD_RECEIPT_MS
  if (letter === 'receipt' && isOld && (await laterLetters(waiting)).length > 0)
    return 'A later letter to the same reporter was written before this mail could leave.'
  if (!endsWithCase(waiting)) return undefined
  const ended = (await laterLetters(waiting)).some((later) =>
    letter === 'outcome' ? later === 'closed' : LAST_WORD.has(later),
  )
  return ended ? 'The case was closed before this mail could leave.' : undefined
}

function endsWithCase({ effect: { letter }, recorded: { at, event }, world }: Waiting): boolean {
  const { closedAt } = world.case ?? {}
  if (closedAt === undefined || at >= closedAt) return false
  return BEFORE_LAST_WORD.has(letter) || (event.type === 'DispositionSet' && event.disposition === 'valid')
}

/** What the same addressee gets, or got, after this one. */
async function laterLetters({ effect, inside }: Waiting): Promise<readonly LetterName[]> {
  const rows = await inside.outbox.ofStream(effect.stream)
  const place = rows.findIndex((row) => row.effect.id === effect.id)
  return rows.flatMap(({ effect: other, state }, at) =>
    at > place &&
    other.kind === 'send-mail' &&
    addresseeKey(other.to) === addresseeKey(effect.to) &&
    state !== 'failed' &&
    state !== 'parked'
      ? [other.letter]
      : [],
  )
}

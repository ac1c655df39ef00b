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

/** What names a planned date. */
const OF_A_DATE: ReadonlySet<LetterName> = new Set<LetterName>(['slipped', 'recipient-slipped', 'heads-up-corrected'])

type Waiting = Pick<EffectContext<'send-mail'>, 'effect' | 'recorded' | 'world'>

/** Why a mail that waited, as for a relay, must not leave any more; undefined where it still says what is so. */
export function supersededBy({ effect: { letter }, recorded, world }: Waiting): string | undefined {
  const { case: state, release } = world
  const publishedAt = release?.startedAt ?? state?.publishedAt
  if (publishedAt !== undefined && recorded.at < publishedAt && BEFORE_PUBLICATION.has(letter))
    return 'It was published before this mail could leave.'
  const { closedAt } = state ?? {}
  if (closedAt !== undefined && recorded.at < closedAt && BEFORE_CLOSING.has(letter))
    return 'The case was closed before this mail could leave.'
  const moved = movedBy(recorded.event)
  if (OF_A_DATE.has(letter) && moved?.at !== undefined && release?.at !== undefined && release.at !== moved.at)
    return 'The date was moved again before this mail could leave.'
  return undefined
}

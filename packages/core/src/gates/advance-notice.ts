import { doubtsOf } from '../state/evolve/delivery.ts'
import type { LetterName } from '../vocabulary/letter.ts'
import type { CaseState, Doubt } from '../state/state.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { releaseCases, factsOutAt } from '../state/release/release-cases.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { releaseOfParkedMail } from '../state/release/release-of-parked-mail.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

const ADVANCE_NOTICES: ReadonlySet<string> = new Set<LetterName>([
  'prenotification',
  'prenotification-update',
  'heads-up',
])

/** Whether the mail is an advance notice of a release. */
export const isAdvanceNotice = ({ letter }: Pick<Doubt, 'letter'>): boolean =>
  letter !== undefined && ADVANCE_NOTICES.has(letter)

/**
 * Whether advance notice is pointless: something is public, no case has an embargo in force, or attacks were observed.
 * Under attack, everybody is told as soon as possible.
 */
const noticeIsMoot = (cases: readonly CaseState[], release: ReleaseState): boolean =>
  cases.some(({ cs }) => cs.public !== undefined || cs.attacks !== undefined) ||
  cases.some((one) => factsOutAt(release, one) !== undefined) ||
  cases.every(({ em }) => !embargoInForce(em))

/**
 * Checked when a person decides to withdraw a mail that failed or may not have been sent. Refuses unless the mail is an
 * advance notice and advance notice is pointless by now (see `noticeIsMoot`).
 */
export const advanceNoticeMoot: Gate = {
  id: 'fits-the-stage',
  check: (context) => {
    const { request, state, others } = context
    if (request.verb !== 'settle' || request.outcome !== 'withdrawn') return undefined
    const release = releaseOfParkedMail(context, request.effect)
    const doubt = release?.parked.find(({ effect }) => effect === request.effect)
    if (doubt === undefined && doubtsOf(state, undefined).every(({ effect }) => effect !== request.effect))
      return undefined
    const itself = [{ who: 'you', how: 'say that it was sent, or send it again', verb: 'settle' }]
    if (release === undefined || doubt === undefined || !isAdvanceNotice(doubt))
      return refuse(
        'fits-the-stage',
        'Only advance notice of a publication can be withdrawn, and this mail is something else.',
        itself,
      )
    return noticeIsMoot(releaseCases({ state, release, others }), release)
      ? undefined
      : refuse(
          'fits-the-stage',
          'Nothing is public, no attacks are observed and the embargo is in force, so this mail is still needed.',
          itself,
        )
  },
}

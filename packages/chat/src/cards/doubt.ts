import { embargoInForce, isAdvanceNotice, stepOf } from '@embargo/core'
import type { CaseState, Doubt } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { letterInWords, addresseeInWords } from './letters.ts'
import { line, outside, plain, strong } from './spans.ts'

export type DoubtFacts = Pick<Doubt, 'effect' | 'doubt' | 'because' | 'letter' | 'to' | 'step' | 'case'>

/**
 * Asks a person what to do about a mail or message if Embargo does not know whether it was sent, or has stopped trying
 * to send it. Nothing is repeated automatically.
 */
export function doubtCard(request: { state: CaseState; doubt: DoubtFacts }): Card {
  const { state, doubt } = request
  if (isReservation(doubt)) return reservationCard(state, doubt)
  return buildCard({
    kind: 'notice',
    title: `${state.id} · ${doubt.doubt ? 'did it go out?' : 'not done'}`,
    lines: [
      line(
        strong(doubtInWords(doubt, state)),
        plain(doubt.doubt ? ' may or may not have gone out: ' : ' was given up: '),
        outside(doubt.because),
      ),
      line(
        doubt.doubt
          ? 'Check whether it arrived, and then choose below. Until then it is not sent again.'
          : 'Fix the cause that is named above, then try again.',
      ),
    ],
    actions: doubtActions(state, doubt),
    notification: notificationOf(state),
  })
}

/**
 * If the case has no channel left, tells the whole team that something could not be done. The card does not say what,
 * or for whom.
 */
export function waitsCard(state: CaseState): Card {
  return buildCard({
    kind: 'notice',
    title: `${state.id} · something was not done`,
    lines: [
      line(
        strong('It waits for a person, and the case no longer has a channel. '),
        plain('The status of the case says what was not done.'),
      ),
    ],
    actions: [{ label: 'Status', verb: 'status', input: { case: state.id } }],
    notification: notificationOf(state),
  })
}

/** Whether this is a request to GitHub for an id. Such a request can be repeated without harm. */
const isRequest = ({ effect }: DoubtFacts): boolean => effect.endsWith('/request-cve')

const isReservation = (doubt: DoubtFacts): boolean => doubt.effect.endsWith('/reserve-cve') || isRequest(doubt)

const mayBeReserved = (doubt: DoubtFacts): boolean => doubt.doubt && !isRequest(doubt)

/**
 * Asks a person what to do if a CVE id was perhaps reserved, or if none was given. Each reservation takes another id,
 * so the person should look at the unused ids first.
 */
function reservationCard(state: CaseState, doubt: DoubtFacts): Card {
  return buildCard({
    kind: 'notice',
    title: `${state.id} · ${mayBeReserved(doubt) ? 'was a CVE id reserved?' : 'no CVE id was given'}`,
    lines: [
      line(outside(doubt.because)),
      line(
        mayBeReserved(doubt)
          ? 'If an id was reserved, it is the newest of the unused ids: use that one. Nothing is reserved again until you say so.'
          : 'Fix the cause that is named above, then try again.',
      ),
    ],
    actions: doubtActions(state, doubt),
    notification: notificationOf(state),
  })
}

function reservationActions(state: CaseState, doubt: DoubtFacts): readonly Action[] {
  const input = { case: state.id, effect: doubt.effect }
  return [
    ...(mayBeReserved(doubt)
      ? [{ label: 'Unused ids', verb: 'cve', input: { case: state.id, what: 'unused' }, style: 'primary' } as const]
      : []),
    {
      label: mayBeReserved(doubt) ? 'Reserve again' : 'Try again',
      verb: 'settle',
      input: { ...input, outcome: 'again' },
      style: 'danger',
      confirm: mayBeReserved(doubt)
        ? 'If an id was reserved the first time, this reserves a second one. Reserve again?'
        : 'Try it again?',
    },
    { label: 'No longer needed', verb: 'settle', input: { ...input, outcome: 'withdrawn' } },
  ]
}

export function doubtActions(state: CaseState, doubt: DoubtFacts): readonly Action[] {
  if (isReservation(doubt)) return reservationActions(state, doubt)
  const input = { case: state.id, effect: doubt.effect }
  return [
    { label: doubt.doubt ? 'It went' : 'Done by hand', verb: 'settle', input: { ...input, outcome: 'went' } },
    {
      label: doubt.doubt ? 'Send it again' : 'Try again',
      verb: 'settle',
      input: { ...input, outcome: 'again' },
      style: 'danger',
      confirm: doubt.doubt ? 'If it went out the first time, it will arrive twice. Send it again?' : 'Try it again?',
    },
    ...(isPast(state, doubt)
      ? [{ label: 'No longer needed', verb: 'settle', input: { ...input, outcome: 'withdrawn' } }]
      : []),
  ]
}

/** Whether this is an advance notice that is no longer needed. */
const isPast = ({ cs, em }: CaseState, doubt: DoubtFacts): boolean =>
  isAdvanceNotice(doubt) && (cs.public !== undefined || cs.attacks !== undefined || !embargoInForce(em))

/** Names a document of a publication by its step and its case. */
export const documentInWords = ({ step, case: of }: Pick<DoubtFacts, 'step' | 'case'>): string =>
  step === undefined ? 'A document' : `The step "${stepOf(step).words}"${of === undefined ? '' : ` of ${of}`}`

/** Matches the end of the id of an effect that sends a mail: the name of the letter, and the addressee. */
const MAIL = /\/send-mail\/([a-z-]+)>(.+)$/

/** What the doubt is about: a mail, a document of a publication, or another action. Contains only our own words. */
export function doubtInWords(doubt: DoubtFacts, state?: CaseState): string {
  if (doubt.step !== undefined) return documentInWords(doubt)
  const [, letter = doubt.letter, to = doubt.to ?? ''] = MAIL.exec(doubt.effect) ?? []
  if (letter !== undefined) return `The ${letterInWords(letter)} to ${addresseeInWords(to, state)}`
  if (isReservation(doubt)) return isRequest(doubt) ? 'The request for a CVE id' : 'The reservation of a CVE id'
  if (doubt.effect.includes('/reject-cve/')) return 'The rejection of the CVE id'
  if (doubt.effect.includes('/remove/')) return 'Taking somebody out of a channel'
  if (doubt.effect.includes('/archive-channel/')) return 'Closing the channel'
  if (doubt.effect.includes('/keep-talk/')) return 'Keeping what was said in a channel'
  return doubt.effect.includes('/open-channel/') ? 'The channel' : 'A message'
}

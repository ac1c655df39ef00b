import { isoInstant, isWaivable } from '@embargo/core'
import type { CaseState, Instant, Lift, Refusal, WaivableGate } from '@embargo/core'
import { capital } from '../people/names.ts'
import type { Action, Card, Span } from '@embargo/engine'
import type { CaseInView, ChatCommand } from '../chat-command.ts'
import type { Place } from '../types.ts'
import { withTimes } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import { chatVerbOf } from '../verbs.ts'
import { dateState, patchState, signalState } from './button-state.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, plain, sentence } from './spans.ts'

type Refused = {
  readonly refusal: Refusal
  readonly commands: readonly ChatCommand[]
  readonly place: Place
  readonly seen?: CaseInView | undefined
  /** The caller's name: a lift that names them as the one who may not gets no button. */
  readonly caller?: string | undefined
  /** The release date that was asked for: a waiver of it names it. */
  readonly date?: Instant | undefined
}

/** To the caller alone: the rule, the fact that breaks it, who or what lifts it, and buttons for what the caller may do. */
export function refusalCard(refused: Refused): Card {
  const { refusal, place, seen, caller } = refused
  const lifts = refusal.liftedBy.map((lift) => ({
    lift,
    action: isBarred(lift, caller) ? undefined : actionOf(lift, refused),
  }))
  return buildCard({
    kind: 'refusal',
    title: seen === undefined ? 'Not done' : `${seen.id} · not done`,
    lines: [
      line(...withTimes(refusal.because, sentence), plain(' ('), code(refusal.gate), plain(')')),
      ...lifts.map(({ lift, action }) => line(...liftSpans(lift, action, place))),
    ],
    actions: lifts.flatMap(({ action }) => (action === undefined ? [] : [action])),
    notification: notificationOf(seen?.state),
  })
}

function liftSpans(lift: Lift, action: Action | undefined, place: Place) {
  const said = liftSentence(lift)
  return action === undefined || lift.how.includes(action.verb)
    ? said
    : [...said, plain(' '), code(typedAt(place, action.verb))]
}

/** Who lifts it and how, as one sentence. The caller is addressed; if nobody can lift it, the other way is named. */
export const liftSentence = (lift: Lift): readonly Span[] => withTimes(liftInWords(lift), sentence)

/** The same as plain text. */
export function liftInWords({ who, how }: Lift): string {
  const way = how.replace(/\.$/, '')
  if (who.toLowerCase() === 'you') return `${capital(way)}.`
  return who === 'nobody' ? `Nobody can lift this: ${way}.` : `${capital(who)} ${way}.`
}

const isBarred = ({ who }: Lift, caller: string | undefined): boolean =>
  caller !== undefined && who.endsWith(`but ${caller}`)

/** Rules that are waived for one date and no other. */
const OF_A_DATE: ReadonlySet<WaivableGate> = new Set(['notice', 'hours'])

function actionOf(lift: Lift, refused: Refused): Action | undefined {
  if (lift.verb === undefined) return undefined
  const { refusal, commands, seen, place, date } = refused
  const { verb, input: meant } = chatVerbOf(lift.verb)
  const waives = lift.waives ?? (isWaivable(refusal.gate) ? refusal.gate : undefined)
  if (verb === 'waive' && waives === undefined) return undefined
  // A waiver is for the rule that refused, unless the rule names another one.
  const input = waives !== undefined && verb === 'waive' ? { ...meant, ...waiverOf(waives, date) } : meant
  const command = commands.find((candidate) => candidate.verb === verb)
  if (command === undefined) return undefined
  const inCase = lift.of ?? seen?.id ?? place.case
  const shown = seen === undefined || inCase !== seen.id ? {} : shownWith(lift.verb, seen.state)
  const asks = command.options.some((option) => !option.hidden)
  return {
    label: command.formTitle,
    verb,
    input: inCase === undefined ? input : { case: inCase, ...input, ...shown },
    ...(asks ? { form: true } : {}),
  }
}

/** The state that a button carries, so that it cannot answer a question that came later. */
function shownWith(verb: string, state: CaseState): Readonly<Record<string, string>> {
  if (verb === 'confirm') return patchState(state)
  // Of what is asked, core sends nobody to say no to anything but a signal.
  if (verb === 'approve.no') return signalState(state)
  return verb === 'embargo.accept' || verb === 'embargo.reject' ? dateState(state) : {}
}

const waiverOf = (gate: WaivableGate, date: Instant | undefined): Readonly<Record<string, string>> =>
  date !== undefined && OF_A_DATE.has(gate) ? { gate, at: isoInstant(date) } : { gate }

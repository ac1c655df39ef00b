import { GATES, isoInstant, isWaivable } from '@embargo/core'
import type { CaseState, Instant, Lift, PersonVerb, Refusal, WaivableGate } from '@embargo/core'
import { capital } from '../people/names.ts'
import type { Action, Card, Span } from '@embargo/engine'
import type { CaseInView, ChatCommand } from '../chat-command.ts'
import type { Place } from '../types.ts'
import { typedWay } from '../render/typed-way.ts'
import { counted } from '../text/dates.ts'
import { withTimes } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import { chatVerbOf } from '../verbs.ts'
import { dateState, patchState } from './button-state.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, plain, sentence, strong } from './spans.ts'
import { openApprovals } from './waiting-command.ts'

type RefusalContext = {
  readonly refusal: Refusal
  readonly commands: readonly ChatCommand[]
  readonly place: Place
  readonly seen?: CaseInView | undefined
  /**
   * The caller's name. Some ways to lift a refusal are open to everybody except the caller, who then gets no button for
   * them.
   */
  readonly caller?: string | undefined
  /** The release date that was requested. The button that asks for a waiver carries this date. */
  readonly date?: Instant | undefined
  /** The command that was refused, by its name in core. */
  readonly verb?: PersonVerb | undefined
}

/** The most ways to lift a refusal that fit on a phone. The whole status lists all ways. */
const WAYS_SHOWN = 5

/**
 * Explains a refusal to the caller alone: the rule, the fact that breaks it, and the ways to lift the refusal. Each way
 * is shown as it is typed, with a button if the caller may use it.
 */
export function refusalCard(refused: RefusalContext): Card {
  const { refusal, seen, caller, verb } = refused
  const lifts = refusal.liftedBy.map((lift) => ({ lift, action: actionOf(lift, refused) }))
  const more = lifts.length - WAYS_SHOWN
  const { rule, inFact } = GATES[refusal.gate]
  const not = (verb === undefined ? undefined : NOT_DONE[verb]) ?? 'not done'
  return buildCard({
    kind: 'refusal',
    title: seen === undefined ? capital(not) : `${seen.id} · ${not}`,
    lines: [
      ...(inFact === true ? [] : [line(strong(rule))]),
      line(...withTimes(refusal.because, sentence)),
      ...lifts.slice(0, WAYS_SHOWN).map(({ lift }) => line(...waySpans(lift, refused))),
      ...(more > 0
        ? [line(faint(`and ${counted(more, 'more way')}: see `), code(typedAt(refused.place, 'status')))]
        : []),
    ],
    actions: lifts.flatMap(({ lift, action }) => (action === undefined || isBarred(lift, caller) ? [] : [action])),
    notification: notificationOf(seen?.state),
  })
}

/** For each command, words for what was not done because the command was refused. */
const NOT_DONE: Readonly<Partial<Record<PersonVerb, string>>> = {
  ack: 'not acknowledged',
  triage: 'not decided',
  'assign-patch': 'not assigned',
  patch: 'not submitted',
  confirm: 'not confirmed',
  'log-answer': 'not logged',
  'release.plan': 'not planned',
  'release.move': 'not moved',
  prenotify: 'not pre-notified',
  'prenotify.update': 'not sent',
  disclose: 'not published',
  'disclose.interim': 'not published',
  approve: 'not approved',
  waive: 'not waived',
  close: 'not closed',
  reopen: 'not reopened',
  reply: 'not sent',
  'reply.question': 'not sent',
  'party.forward': 'not forwarded',
}

/** Who does what, and what they type, one command after the other: `Any team member confirms main: /confirm`. */
export function waySpans(lift: Lift, ways: Omit<RefusalContext, 'caller' | 'verb'>): readonly Span[] {
  const { place, commands } = ways
  const liftText = liftInWords(lift)
  // The commands in `lift.then` are typed later, when the state of the case has changed. So they carry no values of the
  // present state.
  const later = { ...ways, seen: undefined }
  const typed = [lift, ...(lift.then ?? [])].flatMap((one) => {
    const action = actionOf(one, one === lift ? ways : later)
    return action === undefined || one.how.includes(typedAt(place, action.verb))
      ? []
      : [typedWay(asTyped(action, ways), place, commands)]
  })
  if (typed.length === 0) return withTimes(liftText, sentence)
  return [
    ...withTimes(`${liftText.replace(/\.$/u, '')}:`, sentence),
    ...typed.flatMap((command, index) => [plain(index === 0 ? ' ' : ', then '), code(command)]),
  ]
}

/**
 * Who can lift the refusal and how, as one sentence. The caller is addressed as “you”. If nobody can lift the refusal,
 * the sentence says what to do instead.
 */
export function liftInWords({ who, how }: Lift): string {
  const way = how.replace(/\.$/, '')
  if (who.toLowerCase() === 'you') return `${capital(way)}.`
  return who === 'nobody' ? `Nobody can lift this: ${way}.` : `${capital(who)} ${way}.`
}

/**
 * Leaves out the id of the approval request from a typed command, if the case is known to have only one open request. A
 * button always carries the id.
 */
function asTyped(action: Action, { seen }: Pick<RefusalContext, 'seen'>): Action {
  const { approval: _only, ...input } = action.input
  return seen !== undefined && openApprovals(seen.state).length === 1 ? { ...action, input } : action
}

const isBarred = ({ who }: Lift, caller: string | undefined): boolean =>
  caller !== undefined && (who.split(' but ')[1]?.split(' and ') ?? []).includes(caller)

/** Rules that are waived only for one date. */
const OF_A_DATE: ReadonlySet<WaivableGate> = new Set(['notice', 'hours'])

export function actionOf(lift: Lift, refused: Omit<RefusalContext, 'caller' | 'verb'>): Action | undefined {
  if (lift.verb === undefined) return undefined
  const { refusal, commands, seen, place, date } = refused
  const { verb, input: chatInput } = chatVerbOf(lift.verb)
  const waives = lift.waives ?? (isWaivable(refusal.gate) ? refusal.gate : undefined)
  if (verb === 'waive' && waives === undefined) return undefined
  // If the way out is a waiver, it waives the rule that refused the command, unless `lift.waives` names another rule.
  const input = waives !== undefined && verb === 'waive' ? { ...chatInput, ...waiverOf(waives, date) } : chatInput
  const command = commands.find((candidate) => candidate.verb === verb)
  if (command === undefined) return undefined
  const inCase = lift.of ?? seen?.id ?? place.case
  const shown = {
    ...(seen === undefined || inCase !== seen.id ? {} : shownWith(lift.verb, seen.state)),
    ...(lift.approval === undefined ? {} : { approval: lift.approval }),
  }
  // If the way out is to open a new case, the button says that the new case follows the present one.
  if (lift.verb === 'open' && seen !== undefined)
    return { label: command.formTitle, verb, input: { project: seen.state.project, follows: seen.id } }
  // An approval needs a form only if the requester approves alone after a second look: they must then type the case
  // number.
  const asks = verb === 'approve' ? isSecondLook(seen) : command.options.some((option) => !option.hidden)
  return {
    label: command.formTitle,
    verb,
    input: inCase === undefined ? input : { case: inCase, ...input, ...shown },
    ...(asks ? { form: true } : {}),
  }
}

const isSecondLook = (seen: RefusalContext['seen']): boolean =>
  seen?.state.approvals.some(({ status, mode }) => status === 'open' && mode === 'second-look') === true

/**
 * The state that a button stores when it is drawn. Because of this state, a click on an old button is not taken as the
 * answer to a newer question.
 */
function shownWith(verb: string, state: CaseState): Readonly<Record<string, string>> {
  if (verb === 'confirm') return patchState(state)
  return verb === 'embargo.accept' || verb === 'embargo.reject' ? dateState(state) : {}
}

const waiverOf = (gate: WaivableGate, date: Instant | undefined): Readonly<Record<string, string>> =>
  date !== undefined && OF_A_DATE.has(gate) ? { gate, at: isoInstant(date) } : { gate }

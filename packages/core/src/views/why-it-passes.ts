import { embargoInForce } from '../state/embargo/evolve.ts'
import { rolesFor } from '../policy/roles.ts'
import { datesBetween } from '../policy/calendar.ts'
import { writtenDuration } from '../policy/duration.ts'
import type { GateId } from '../shared/gate-id.ts'
import { plannedDate } from '../gates/planned-date.ts'
import type { Context } from '../gates/gate.ts'
import { verbForRole } from '../gates/role.ts'
import { approvalMeant } from '../gates/second-person.ts'
import { branchToConfirm } from '../gates/branch-to-confirm.ts'
import { leadOf } from '../state/lead.ts'
import { projectOf, publicLists } from '../state/project.ts'
import { stillToLeave } from '../state/release/at-rest.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { inARow } from '../text/in-a-row.ts'
import { openSignals } from '../state/world/signals.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import { branchesToFix, hasLivePatch } from '../state/stage.ts'
import type { Branch, CaseState } from '../state/state.ts'

/** What a rule rests on as it stands, in a sentence. Only asked by whoever explains: no decision waits for it. */
type Fact = (context: Context) => string

const nameOf = ({ whole }: Context, id: string): string => whole.people.find((one) => one.id === id)?.name ?? id

/** Whoever asks, by name. */
const caller = ({ person }: Context): string => person?.name ?? 'the account'

const since = (at: Instant | undefined): string => (at === undefined ? '' : ` since ${isoInstant(at)}`)
const on = (at: Instant | undefined): string => (at === undefined ? '' : ` on ${isoInstant(at)}`)

function embargo({ state: { em } }: Context): string {
  if (embargoInForce(em)) return `The embargo is in force until ${isoInstant(em.end)}.`
  return em.is === 'exited' ? `The embargo ended${on(em.at)} (${em.reason}).` : 'No embargo is in force.'
}

function release({ release: one }: Context): string {
  if (one?.startedAt !== undefined) return `The publication began${on(one.startedAt)}.`
  if (one === undefined || one.is === 'cancelled') return 'It is in no release.'
  return `It is in release ${one.id}, ${one.is}${one.at === undefined ? '' : ` for ${isoInstant(one.at)}`}.`
}

function publicly({ state: { cs } }: Context): string {
  const said = [
    ...(cs.public === undefined ? [] : [`It is public${since(cs.public)}.`]),
    ...(cs.exploit === undefined ? [] : [`An exploit is public${since(cs.exploit)}.`]),
    ...(cs.attacks === undefined ? [] : [`Attacks are observed${since(cs.attacks)}.`]),
  ]
  return said.length === 0 ? 'Nothing is public, and no attacks are observed.' : said.join(' ')
}

const date: Fact = (context) => {
  const planned = plannedDate(context)
  return planned === undefined ? 'No date is named.' : `The date is ${isoInstant(planned.at)}.`
}

function branch(context: Context, { name, fix, waived }: Branch): string {
  if (waived !== undefined) return `${name} is waived as ${waived.kind === 'unverified' ? waived.kind : 'not fixed'}.`
  if (fix === undefined || fix.is === 'assigned') return `${name} has no patch.`
  const by = fix.author.kind === 'reporter' ? 'the reporter' : nameOf(context, fix.author.person)
  if (fix.is !== 'verified') return `The patch for ${name}, by ${by}, is ${fix.is}.`
  const verifier = fix.verifier.kind === 'reporter' ? 'the reporter' : nameOf(context, fix.verifier.person)
  return `The patch for ${name}, by ${by}, is verified by ${verifier}.`
}

const fixed: Fact = (context) => {
  const { state } = context
  const all = branchesToFix(state).map((one) => branch(context, one))
  if (all.length === 0) return 'No affected supported branch is named.'
  const ready = state.cs.fixReady === undefined ? [] : [`The fix is ready${since(state.cs.fixReady)}.`]
  return [...all, ...ready].join(' ')
}

/** What holds for all on the lists, however many they are. */
function ofRecipients({ policy }: Context, one: string, all: string): string {
  const { length } = policy.prenotification.lists.flatMap((list) => list.recipients)
  if (length === 0) return 'The lists have no recipients.'
  return length === 1 ? `The one recipient ${one}.` : `All ${length} recipients ${all}.`
}

function cve({ state, policy }: Context): string {
  if (state.cve?.id !== undefined) return `The CVE id is ${state.cve.id}.`
  if (state.cve !== undefined) return `A CVE id is asked for${since(state.cve.requestedAt)}.`
  if (state.disposition === 'defense-in-depth') return 'What is hardened gets no CVE id.'
  return projectOf(policy, state).cve === 'none' ? 'The project uses no CVE ids.' : 'No CVE id is asked for.'
}

function credit({ reports }: CaseState): string {
  if (reports.length === 0) return 'Nobody reported this case, so nobody is credited for it.'
  return reports
    .map(({ id, credit: said, asked, answerable }) => {
      if (said !== undefined) return `The reporter of ${id} is credited as ${said.kind}.`
      if (asked) return `The reporter of ${id} was asked and has not answered: anonymous.`
      return answerable ? `The reporter of ${id} was not asked.` : `The reporter of ${id} cannot be asked.`
    })
    .join(' ')
}

/** What was seen, and counts. */
const counting: Fact = ({ state }) => {
  const counts = state.signals.filter(({ is }) => is === 'counted').map(({ what }) => what)
  return counts.length === 0 ? 'No signal counts here.' : `What counts: ${inARow(counts)}.`
}

function forwarding({ reports }: CaseState): string {
  const said = reports.flatMap(({ id, forwarding: yes }) =>
    yes === undefined ? [] : [`The reporter of ${id} said: ${yes}.`],
  )
  return said.length === 0 ? 'No report is named.' : said.join(' ')
}

/** The patch that is judged. */
const judged: Fact = (context) => {
  const one = branchToConfirm(context)
  return one === undefined ? 'No patch waits to be judged.' : branch(context, one)
}

const FACTS: Readonly<Record<GateId, Fact>> = {
  role: (context) => {
    const allowed = rolesFor(context.policy, verbForRole(context)).join(' or ')
    const roles = context.person?.roles ?? []
    return `${caller(context)} is ${roles.length === 0 ? 'nobody' : roles.join(' and ')}; this takes ${allowed}.`
  },
  'on-the-case': (context) => {
    const seat = context.person === undefined ? undefined : context.state.people[context.person.id]
    return seat === undefined ? `${caller(context)} is asked onto the case.` : `${caller(context)} is on it as ${seat}.`
  },
  'not-the-reporter': ({ state, ...context }) =>
    state.reports.length === 0
      ? 'Nobody reported this case.'
      : `${inARow(state.reports.map(({ id }) => id))} did not come from ${caller({ state, ...context })}.`,
  'no-conflict': (context) => `No conflict of interest is declared for ${caller(context)}.`,
  acknowledged: (context) => {
    const { acknowledgedAt, acknowledgedBy } = context.state
    const who = acknowledgedBy === undefined ? 'Somebody' : nameOf(context, acknowledgedBy)
    return acknowledgedAt === undefined ? 'Nobody acknowledged it.' : `${who} acknowledged it${on(acknowledgedAt)}.`
  },
  'validity-decided': ({ state: { disposition, decidedAt, rm } }) =>
    disposition === undefined ? `The case is ${rm}.` : `It was found ${disposition}${on(decidedAt)}.`,
  'severity-rated': ({ state: { severity, ratedAt } }) =>
    severity === undefined ? 'It is not rated.' : `It is rated ${severity}${since(ratedAt)}.`,
  'remediator-willing': ({ state: { reports }, request }) => {
    const willing = reports.filter((one) => one.willing === true).map(({ id }) => id)
    if (request.verb === 'assign-patch' && request.to === 'reporter')
      return `The reporter of ${inARow(willing)} said yes.`
    const nor = reports.length === 0 || willing.length > 0 ? '' : ', and no yes of theirs is logged'
    return `The reporter is not asked to write it${nor}.`
  },
  'patch-submitted': (context) => {
    const live = branchesToFix(context.state).filter(hasLivePatch)
    return live.length === 0 ? 'No patch is submitted.' : live.map((one) => branch(context, one)).join(' ')
  },
  'verifier-is-not-author': judged,
  'reporter-agrees': ({ state }) => forwarding(state),
  'address-of-theirs': () => 'No address of ours is named.',
  'reporter-verified': judged,
  'fix-ready': fixed,
  'cve-requested': cve,
  'embargo-active': embargo,
  'inside-embargo': (context) => `${date(context)} ${embargo(context)}`,
  'embargo-cap': embargo,
  'other-side': ({ state: { em } }) =>
    'by' in em
      ? `What is proposed is the word of the ${em.by === 'reporter' ? 'reporter' : 'team'}.`
      : 'Nothing is proposed.',
  'reason-holds': counting,
  'signal-counts': counting,
  'embargo-exited': embargo,
  'lead-time': (context) => {
    const planned = plannedDate(context)
    const { dates, list } = leadOf(context.policy, context.state)
    const days = (amount: number): string => writtenDuration({ amount, unit: 'days' })
    return planned === undefined
      ? 'No date is named.'
      : `${list?.name ?? 'The list'} is promised ${days(dates)}, and ${isoInstant(planned.at)} is ${days(datesBetween(context.at, planned.at))} away.`
  },
  'release-window': date,
  'date-ahead': date,
  'recipient-consent': (context) =>
    ofRecipients(context, 'agreed to the terms of its list', 'agreed to the terms of their lists'),
  'recipient-keys': (context) => ofRecipients(context, 'accepts plain text', 'accept plain text'),
  'second-person': (context) => {
    const asked = approvalMeant(context)
    return asked === undefined ? 'No yes is meant.' : `${nameOf(context, asked.by)} asked${on(asked.askedAt)}.`
  },
  'release-date': (context) => `${release(context)} ${publicly(context)} ${embargo(context)}`,
  'nothing-public': publicly,
  'secrecy-over': (context) => `${publicly(context)} ${embargo(context)}`,
  'reaches-the-public': ({ policy, state }) => {
    const lists = publicLists(projectOf(policy, state)).length
    return lists === 0
      ? `It is public${since(state.cs.public)}.`
      : `The project announces on ${lists === 1 ? 'a list' : 'two lists'}.`
  },
  'texts-complete': ({ state }) =>
    state.advisory === undefined ? 'The advisory is not written.' : 'The advisory has its component and impact.',
  'credit-decided': ({ state }) => credit(state),
  'one-live-release': release,
  'publication-not-begun': (context) =>
    context.release?.startedAt === undefined ? 'Our publication has not begun.' : release(context),
  'earlier-and-open': ({ request, others }) => {
    const other = request.verb === 'duplicate' ? others.get(request.of) : undefined
    return other?.kind === 'case'
      ? `${other.id} came${on(other.openedAt)} and is ${other.rm}.`
      : 'No other case is named.'
  },
  frozen: ({ state, release: one }) => {
    const [waiting, signals] = [stillToLeave(one), openSignals(state).length]
    const some = waiting === 1 ? 'A mail is still leaving' : `${waiting} mails are still leaving`
    const mails = waiting === 0 ? 'Nothing is still leaving' : some
    return `${mails}, and ${signals === 0 ? 'no signal waits' : 'a signal waits'} for a second person.`
  },
  'case-open': ({ state: { rm } }) => `The case is ${rm}.`,
  'fits-the-stage': (context) => `The case is ${context.state.rm}. ${release(context)}`,
  'makes-sense': () => '',
}

/** What a rule rests on that lets a command pass: the facts behind it, as they stand for this case. */
export const whyItPasses = (gate: GateId, context: Context): string => FACTS[gate](context)

/** What a date is asked of, as the command names it. */
const NAMES_A_DATE: Readonly<Partial<Record<PersonVerb, string>>> = {
  prenotify: 'name a date',
  'release-plan': 'name a date',
  reschedule: 'name a date',
  'release-add': 'name a release that has a date',
}

/** What a rule would look at, where the command does not name it: then it lets nothing pass, and refuses nothing. */
export function whatItLacks(gate: GateId, context: Context): string | undefined {
  const { request } = context
  const lacking = (what: string | undefined): string | undefined => what && `Not asked: ${what}.`
  switch (gate) {
    case 'date-ahead':
    case 'inside-embargo':
    case 'lead-time':
    case 'release-window':
      return plannedDate(context) === undefined ? lacking(NAMES_A_DATE[request.verb]) : undefined
    case 'earlier-and-open':
    case 'signal-counts':
      return request.verb === 'duplicate' && request.of === undefined ? lacking('name the earlier case') : undefined
    case 'address-of-theirs':
      return request.verb === 'reporter-address' && request.message === undefined
        ? lacking('it looks at where the mail came from')
        : undefined
    case 'second-person':
      if (request.verb !== 'approve' || approvalMeant(context) !== undefined) return undefined
      return context.state.approvals.some(({ status }) => status === 'open')
        ? lacking('say which question is meant')
        : lacking('nothing waits for a yes')
    default:
      return undefined
  }
}

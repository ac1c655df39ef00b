import { flagsOf, outlook, stageOf } from '@embargo/core'
import type {
  CaseState,
  Instant,
  NextAction,
  Outlook,
  PersonId,
  Platform,
  Policy,
  ReleaseState,
  World,
} from '@embargo/core'
import type { Card, Field } from '@embargo/engine'
import { ownerName } from '../people/names.ts'
import { counted, fromNow, instantsInWords, shortDay, shortTime } from '../text/dates.ts'
import { typedAt } from '../usage.ts'
import { chatVerbOf } from '../verbs.ts'
import { branchLine } from './branches.ts'
import { buildCard, notificationOf } from './card.ts'
import { embargoLine } from './embargo-line.ts'
import { liftInWords } from './refusal.ts'
import { code, faint, line, outside, plain } from './spans.ts'
import { statusActions } from './status-actions.ts'

export type StatusRequest = {
  readonly state: CaseState
  readonly world: World
  readonly policy: Policy
  readonly at: Instant
  readonly viewer?: PersonId
  readonly platform: Platform
  /** What somebody who asks wants to know beside the pinned card: rules still in the way, clocks, who wrote which patch. */
  readonly whole?: boolean
}

/** The pinned card: readable in five seconds on a phone, edited in place. */
export function statusCard(request: StatusRequest): Card {
  const { state, world, policy, at, viewer, whole = false } = request
  const seen = outlook(policy, world, at, viewer)
  const stage = stageOf(state, world.release)
  const flags = flagsOf(state)
  const head = [state.id, stage, state.severity ?? 'not rated'].join(' · ')
  return buildCard({
    kind: 'status',
    title: flags.length === 0 ? head : `${head}   ⚑ ${flags.join(', ')}`,
    fields: [
      ...field('Embargo ends', embargoLine(state, at)),
      ...field('Next', nextLine(policy, seen?.next)),
      ...field('Branches', state.branches.map((branch) => branchLine(policy, branch, { authors: whole })).join(' · ')),
      ...field('Release', world.release === undefined ? '' : releaseLine(world.release)),
      ...field('Waiting on', waitingLine(request)),
      ...field('Unanswered', state.unanswered === 0 ? '' : `${counted(state.unanswered, 'mail')} of the reporter`),
      ...(whole && seen !== undefined ? [...missingFields(seen), ...field('Clocks', clocksLine(seen))] : []),
    ],
    lines: [line(faint(`More in ${typedAt({ platform: request.platform, case: state.id }, 'help')}`))],
    actions: statusActions(state, stage),
    notification: notificationOf(state),
  })
}

const field = (label: string, text: string): readonly Field[] => (text === '' ? [] : [{ label, value: line(text) }])

/** `Ana: submit the patch for 4.2 · due Fri 3 Jul` */
export function nextLine(policy: Policy, next: NextAction | undefined): string {
  if (next === undefined) return ''
  const due = next.due === undefined ? '' : ` · due ${shortDay(next.due)}`
  return `${ownerName(policy, next.owner)}: ${instantsInWords(next.action)}${due}`
}

/** In the words that a refusal would use, so that both always agree. */
function missingFields({ missing }: Outlook): readonly Field[] {
  return missing.map(({ toward, refusal }) => ({
    label: 'Still missing',
    value: line(
      plain(`to ${chatVerbOf(toward).verb}: `),
      outside(instantsInWords(refusal.because)),
      plain(' ('),
      code(refusal.gate),
      plain(') '),
      outside(refusal.liftedBy.map(liftInWords).join(' ')),
    ),
  }))
}

/** The end of the embargo has a line of its own. */
function clocksLine({ clocks }: Outlook): string {
  const shown = clocks.filter(({ clock }) => clock !== 'embargo-end')
  return shown.map(({ about, due }) => `${about} · due ${shortTime(due)}`).join(' · ')
}

function releaseLine(release: ReleaseState): string {
  const cases = counted(release.cases.length, 'case')
  const told = release.prenotified.filter((one) => one.sentAt !== undefined).length
  const parts = [
    release.is === 'released' ? 'published' : release.is,
    release.at === undefined ? '' : shortTime(release.at),
    cases,
    release.prenotified.length === 0 ? '' : `recipients told ${told} of ${release.prenotified.length}`,
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function waitingLine({ state, policy, at }: StatusRequest): string {
  const open = state.approvals.filter((approval) => approval.status === 'open')
  const asked = open.map((approval) =>
    approval.mode === 'second-person'
      ? `a second person: approve or refuse (${ownerName(policy, approval.by)} asked ${fromNow(approval.askedAt, at)})`
      : `a second look by ${ownerName(policy, approval.by)}, from ${shortTime(approval.notBefore)}`,
  )
  const verifying = state.branches.flatMap((branch) => {
    const waits = branch.waived === undefined && branch.fix?.is === 'submitted'
    if (!waits || branch.fix?.verification === undefined) return []
    const { of, askedAt } = branch.fix.verification
    return of === 'reporter'
      ? [`the reporter: does the patch for ${branch.name} fix it? (asked ${fromNow(askedAt, at)})`]
      : []
  })
  return [...asked, ...verifying].join(' · ')
}

import { CaseId, embargoInForce, outdatedNotesWarning, publishableCases, policyFor } from '@embargo/core'
import type { CaseState, ReleaseState } from '@embargo/core'
import type { Card, Field, Line } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'
import { nameOf } from '../people/names.ts'
import { time, withTimes } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import { buildCard, notificationOf } from './card.ts'
import { headsUpLines } from './heads-up.ts'
import { line, plain, sentence } from './spans.ts'

/** A whole release: its date, its cases, what each case still lacks, and which recipients have answered. */
export function releaseCard(call: CaseCall<unknown>): Card {
  const { state, world } = call.case
  const { release } = world
  if (release === undefined)
    return buildCard({
      kind: 'notice',
      title: `${state.id} is in no release`,
      lines: [line(`Plan one with ${typedAt(call.invocation.place, 'release plan 2026-07-14')}.`)],
      notification: notificationOf(state),
    })
  const { policy } = call.engine.policy
  const fields: readonly Field[] = [
    ...(release.at === undefined ? [] : [{ label: 'Planned', value: line(time(release.at, call.invocation.at)) }]),
    ...(release.releaser === undefined ? [] : [{ label: 'Releaser', value: line(nameOf(policy, release.releaser)) }]),
  ]
  return buildCard({
    kind: 'notice',
    title: `${release.id} · ${release.is}`,
    fields,
    lines: [
      ...caseLines(call),
      ...notesLines(call, release),
      ...recipientLines(release),
      ...headsUpLines(world, { ...call.invocation.place, case: state.id }),
    ],
    notification: notificationOf(state),
  })
}

/** People who may see a case are shown what the case lacks. Others are only told that the case is not ready. */
function caseLines(call: CaseCall<unknown>): readonly Line[] {
  const { state, world } = call.case
  const { person } = call.invocation.actor
  const whole = call.engine.policy.policy
  const request = { verb: 'disclose', case: state.id } as const
  const seen = { whole, policy: policyFor(whole, state), state, release: world.release, others: world.others, request }
  const { goes, stays } = publishableCases({ ...seen, at: call.invocation.at })
  return [
    ...goes.map(({ id }) => line(`✓ ${id} · ready`)),
    ...stays.map(({ state: one, refusal }) =>
      person !== undefined && one.people[person] !== undefined
        ? line(plain(`  ${one.id} · `), ...withTimes(refusal.because, sentence))
        : line(`  ${one.id} · not ready`),
    ),
  ]
}

/** For each case that the reader may see, the CVE id in the release notes. Also says whether the notes are outdated. */
function notesLines(call: CaseCall<unknown>, release: ReleaseState): readonly Line[] {
  const { notes } = release
  const { state, world } = call.case
  const { person } = call.invocation.actor
  if (notes === undefined) return []
  const mayRead = (id: string): boolean => {
    const one = id === state.id ? state : world.others.get(CaseId.parse(id))
    return person !== undefined && one?.kind === 'case' && one.people[person] !== undefined
  }
  const warning = outdatedNotesWarning(release)
  return [
    ...notes
      .filter((one) => mayRead(one.case))
      .map(({ case: id, cve }) => line(`  ${id} · in the release notes: ${cve ?? 'no CVE id'}`)),
    ...(warning === undefined ? [] : [line(warning)]),
  ]
}

function recipientLines({ prenotified }: ReleaseState): readonly Line[] {
  return prenotified.map(({ list, recipient, sentAt, acknowledgedAt }) => {
    const topic =
      acknowledgedAt === undefined ? (sentAt === undefined ? 'not notified yet' : 'notified, no answer yet') : 'has it'
    return line(`${list}: ${recipient} · ${topic}`)
  })
}

/** Says that a case continues after it has left its release, and whether its embargo continues too. */
export const goesOn = (topic: string, { em }: CaseState): string =>
  embargoInForce(em) ? `${topic} goes on, with its embargo.` : `${topic} goes on.`

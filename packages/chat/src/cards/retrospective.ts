import type { CaseState, Instant, Retrospective, Policy } from '@embargo/core'
import type { Card, Field, Line, Weakness } from '@embargo/engine'
import { nameOf } from '../people/names.ts'
import { shortTime } from '../text/dates.ts'
import { withTimes } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { joined, line, outside } from './spans.ts'
import type { LineParts } from './spans.ts'
import { WAIVED } from './waiver-words.ts'

/**
 * The material of a retrospective, shown to the caller, with a button that asks for what only people know. Near misses
 * come before the timeline, because a platform that cannot show all lines of the card moves the last lines to a file
 * beside the card.
 */
export function retrospectiveCard(request: {
  state: CaseState
  seen: Retrospective | undefined
  policy: Policy
  weakness?: Weakness
  now: Instant
}): Card {
  const { state, seen, policy, weakness, now } = request
  const moments = seen?.timeline ?? []
  const misses = seen?.nearMisses ?? []
  return buildCard({
    kind: 'notice',
    title: `${state.id} · looking back`,
    fields: [
      ...field('Weakness', weaknessLine(state, weakness)),
      ...(seen?.promises ?? []).map(({ said, due, at }) => ({
        label: said,
        value: line(
          ...(at === undefined ? ['not yet'] : [shortTime(at)]),
          ` · ${unsentWords(due, at, now)}due `,
          shortTime(due),
        ),
      })),
      ...field(
        'Waived',
        joined(
          (seen?.waivers ?? []).map((one): LineParts => [
            `${WAIVED[one.gate]}, by ${[...new Set([one.askedBy, one.by ?? one.askedBy])].map((by) => nameOf(policy, by)).join(' and ')}: `,
            outside(one.reason),
          ]),
          ' · ',
        ),
      ),
      ...field('Root cause', seen?.recorded === undefined ? [] : [outside(seen.recorded.rootCause)]),
      ...field('What changes', seen?.recorded?.change === undefined ? [] : [outside(seen.recorded.change)]),
    ],
    lines: [
      line(misses.length === 0 ? 'No near misses.' : 'Near misses:'),
      ...misses.map(momentLine),
      line('What happened:'),
      ...moments.map(momentLine),
    ],
    actions: [
      { label: 'Record what we learnt', verb: 'retro', input: { case: state.id }, form: true, style: 'primary' },
    ],
    notification: notificationOf(state),
  })
}

const momentLine = ({ at, what }: Retrospective['timeline'][number]): Line =>
  line(shortTime(at), ' · ', ...withTimes(what, outside))

/** A promise whose time has not yet passed is neither kept nor broken. */
function unsentWords(due: Instant, at: Instant | undefined, now: Instant): string {
  if (at !== undefined && at <= due) return 'in time, '
  return at === undefined && now <= due ? '' : 'late, '
}

function field(label: string, parts: LineParts): readonly Field[] {
  return parts.length === 0 ? [] : [{ label, value: line(...parts) }]
}

/** Some weaknesses are in no category of the OWASP Top 10; the card says so. */
function weaknessLine({ cwe }: CaseState, weakness: Weakness | undefined): LineParts {
  if (cwe === undefined) return ['not classified; add the CWE with triage']
  if (weakness === undefined) return [cwe]
  return [`${cwe} ${weakness.name} · ${weakness.owasp ?? 'in no OWASP category'}`]
}

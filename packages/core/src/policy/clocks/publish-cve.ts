import { after } from '../calendar.ts'
import { projectOf } from '../project.ts'
import { getsNoCve } from '../no-cve.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule, Moment } from './clock.ts'

/** So many reminders ahead are known, so that after a long stop the last one is told and not each that was missed. */
const REMINDERS_AHEAD = 12

/**
 * From our publication to the CVE record, whether or not somebody asked for an id before. Who assigns their own ids publishes within a day and must within three; others
 * are reminded each week until it is out (process, section 5).
 */
export const publishCve: ClockRule = (context) => {
  const { policy, state } = context
  const start = state.publishedAt
  if (
    start === undefined ||
    state.cve?.publishedAt !== undefined ||
    (state.cve === undefined && (state.withoutCve === true || getsNoCve(policy, state)))
  )
    return []
  const { target, breach, remind } = policy.clocks.publishCve
  const own = projectOf(policy, state).cve === 'own'
  const every = own ? target : remind
  const told = Math.min(state.told[`publish-cve:${start}`] ?? 0, Number.MAX_SAFE_INTEGER)
  const nth = (n: number) => after(policy.calendar, start, { ...every, amount: every.amount * n })
  const reminders = Array.from({ length: REMINDERS_AHEAD }, (_, index): Moment => {
    const n = told + index + 1
    return { fraction: n, at: nth(n), hears: 'owner' }
  })
  const late = after(policy.calendar, start, breach)
  const moments: readonly Moment[] = own
    ? [
        { fraction: 1, at: nth(1), hears: 'owner' },
        { fraction: 2, at: late, hears: 'admins', breach: true },
      ]
    : reminders
  const due = own ? nth(1) : nth(told + 1)
  const about =
    state.cve === undefined ? 'get a CVE id and publish its record, or say that it gets none' : 'publish the CVE record'
  return [{ clock: 'publish-cve', stream: state.id, round: start, start, due, owner: ownerOf(context), about, moments }]
}

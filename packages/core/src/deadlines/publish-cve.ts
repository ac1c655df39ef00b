import { DAY, later } from '../shared/instant.ts'
import { publishedSince } from '../state/release/release-cases.ts'
import { projectOf } from '../state/project.ts'
import { getsNoCve } from './no-cve.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import { recurrence, reminderCount } from './recurrence.ts'

const WEEKLY = { amount: 7, unit: 'days' } as const

/**
 * Runs from our publication to the public CVE record, even if no id was requested before. A
 * project that assigns its own ids should publish the record within one day and must publish it within three days.
 * Other projects are reminded each week until the record is public.
 */
export const publishCve = defineDeadline({
  name: 'publish-cve',
  words: 'publish the CVE record',
  starts: 'our publication',
  due: 'every 7 days; if the project assigns its own ids, after 1 day, and the admins are told after 3 days',
  hears: ['owner', 'admins'],
  priority: 9,
  afterClosing: 'also',
  owedTo: 'public',
  runs: ({ policy, state, release }) => {
    const start = publishedSince(release, state)
    if (
      start === undefined ||
      state.cve?.publishedAt !== undefined ||
      state.corrections?.some(({ withdrawn }) => withdrawn === true) === true ||
      (state.cve === undefined && (state.withoutCve === true || getsNoCve(policy, state)))
    )
      return []
    const about =
      state.cve === undefined
        ? 'get a CVE id and publish its record, or say that the case gets no id'
        : 'publish the CVE record'
    if (projectOf(policy, state).cve !== 'own') {
      const count = reminderCount(state, `publish-cve:${start}`)
      return [{ start, about, ...recurrence(policy, { start, every: WEEKLY, count, hears: 'owner' }) }]
    }
    const due = later(start, DAY)
    const late = later(start, 3 * DAY)
    const moments: readonly Moment[] = [
      { fraction: 1, at: due, hears: 'owner' },
      { fraction: 2, at: late, hears: 'admins', breach: true },
    ]
    return [{ start, due, about, moments }]
  },
})

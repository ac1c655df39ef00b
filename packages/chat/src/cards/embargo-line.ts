import type { CaseState, ExitReason, Instant } from '@embargo/core'
import { fromNow } from '../text/dates.ts'
import { time } from '../text/times.ts'
import type { LineParts } from './spans.ts'

const OVER: Readonly<Record<ExitReason, string>> = {
  released: 'we published',
  public: 'it became public',
  exploit: 'an exploit became public',
  attacks: 'attacks were seen',
  leak: 'it leaked',
  opened: 'team and reporter agreed to work in public',
  unreachable: 'two people ended it, because no reporter can be reached',
  expired: 'its end came',
  merged: 'the case was merged',
  closed: 'the case was closed',
}

/** `Mon 24 Aug 2026, 00:00 UTC · in 61 days` */
export function embargoLine(state: CaseState, at: Instant): LineParts {
  const { em } = state
  if (em.is === 'none') return ['no embargo']
  if (em.is === 'proposed') return ['proposed until ', time(em.end)]
  if (em.is === 'exited') return ['over since ', time(em.at), `: ${OVER[em.reason]}`]
  const proposed = em.is === 'revise' ? [' · ', time(em.proposedEnd), ' is proposed'] : []
  const agreed = em.agreed === undefined ? [] : [' · ', time(em.agreed), ' is agreed']
  return [time(em.end), ` · ${fromNow(em.end, at)}`, ...proposed, ...agreed]
}

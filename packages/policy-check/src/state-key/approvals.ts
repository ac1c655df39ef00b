import { addresseeKey, embargoInForce, Instant, openProposal, questionOf, pendingCommand } from '@embargo/core'
import type { Approval, CaseState, PendingCommand, World } from '@embargo/core'
import type { Scenario } from '../scenario.ts'
import { previewOf, previewContent } from '../preview.ts'
import { dateKey, fitsBeforeEnd, nearKey } from './dates.ts'
import { requestableEnds, isOver } from './embargo.ts'
import type { ModelState } from '../state.ts'

/**
 * The key of an open approval: what is asked, whose approval is needed, and whether the approval covers what would be
 * sent now. The key also says whether an outdated approval can become current again.
 */
export function approvalKey(scenario: Scenario, one: Approval, world: World, { now }: ModelState): string {
  const waiting = pendingCommand(one)
  const fresh = previewOf(scenario.policy, world, waiting, now).digest === one.digest
  const times = `${one.notBefore <= now} ${isPast(one.aloneFrom, now)} ${isPast(one.yesFrom, now)}`
  const approvalKey = `${questionOf(waiting)} by ${one.by} ${one.mode} ${fresh} ${times}`
  const { case: state, release } = world
  if (state === undefined) return approvalKey
  const at = 'at' in waiting ? waiting.at : undefined
  const date = at === undefined ? '' : dateKey(scenario, state, release, at, now)
  if (scenario.coarse === true) return `${approvalKey} ${date}`
  // A waiting command can have more fields than the same request would have now, so the key contains the names of its
  // fields.
  const keys = Object.keys(waiting).toSorted().join('+')
  return [
    approvalKey,
    keys,
    date,
    nearKey(at, now),
    endKey(scenario, state, waiting, now),
    coveredKey(scenario, one, waiting, world, now),
  ].join(' ')
}

const isPast = (at: number | undefined, now: number): boolean => at !== undefined && at <= now

/** What rules will check about a proposed end when the approval is given. */
function endKey(scenario: Scenario, state: CaseState, waiting: PendingCommand, now: Instant): string {
  if (!('end' in waiting)) return ''
  const { end } = waiting
  const { em } = state
  const own = [end <= now, fitsBeforeEnd(scenario, state, end, now)]
  if (isOver(em)) return own.join()
  const { within, beyond } = requestableEnds(scenario.policy, state, now)
  const later = requestableEnds(scenario.policy, { ...state, embargoFrom: now }, now)
  return [
    end > within,
    // Somebody else can request `beyond` as the end. The earlier of two proposed ends counts, so the key compares
    // `end` with `beyond`.
    Math.sign(end - beyond),
    // Whether the end is too late for an embargo that begins now.
    end > later.within,
    embargoInForce(em) && em.end === end,
    openProposal(em)?.end === end,
    ...own,
  ].join()
}

/**
 * The parts of an approved action that can change and change back: dates, mails, credit, severity and affected
 * branches. A text or a patch never changes back, so an approval of an older one stays outdated.
 */
function coveredKey(
  scenario: Scenario,
  { digest }: Approval,
  waiting: PendingCommand,
  { case: state, release }: World,
  now: Instant,
): string {
  const shown = previewContent(digest)
  if (shown?.state === undefined || state === undefined) return 'of nothing'
  const { state: then, at, sentences, mails } = shown
  if (texts(then) !== texts(state)) return 'for good'
  // Once a publication has begun, its date no longer matters.
  const dateOf = (date: Instant): string =>
    release?.startedAt !== undefined
      ? ''
      : 'end' in waiting && date === waiting.end
        ? 'its end'
        : dateKey(scenario, state, release, date, now)
  return [
    then.severity,
    ...then.reports.map(({ credit }) => credit?.kind),
    ...then.branches.map(({ affected }) => affected),
    at === undefined ? '' : dateOf(at),
    ...sentences.map((sentence) => sentence.replaceAll(INSTANT, (text) => dateOf(Instant.parse(Date.parse(text))))),
    ...mails.map(({ letter, to }) => `${letter}>${addresseeKey(to)}`),
  ].join()
}

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/gu

const texts = ({ advisory, branches }: CaseState): string =>
  JSON.stringify([advisory, branches.map(({ fix }) => (fix !== undefined && 'sha256' in fix ? fix.sha256 : ''))])

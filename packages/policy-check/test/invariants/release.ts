import { carried, caseAfter, caseBefore, eventsOf, has, releaseBefore, worldAfter } from './invariant.ts'
import type { Fact } from './invariant.ts'
import { addresseeKey, DAY, HOUR, inReleaseWindow } from '@embargo/core'
import type { CaseId, CaseState } from '@embargo/core'
import type { Place } from '../../src/state.ts'
import type { Ran } from '../../src/execute.ts'

/** Mails of an approved pre-notification that have not left, but to whom nothing more goes. */
function leftToTell(ran: Ran): number {
  const release = releaseBefore(ran)
  if (release?.is !== 'prenotified') return 0
  const suspended = release.prenotified
    .filter(({ suspendedAt }) => suspendedAt !== undefined)
    .map(({ list, recipient }) => addresseeKey({ kind: 'recipient', list, recipient }))
  return ran.before.pending.filter(
    ({ letter, stream, to }) =>
      stream === release.id &&
      (letter === 'prenotification' || letter === 'heads-up') &&
      !suspended.includes(addresseeKey(to)),
  ).length
}

/** What two people said yes to, as far as a state shows it. */
const approvedText = (state: CaseState | undefined): string =>
  JSON.stringify([
    state?.advisory,
    state?.severity,
    state?.branches.map(({ name, affected, fix }) => [
      name,
      affected,
      fix !== undefined && 'sha256' in fix && fix.sha256,
    ]),
  ])

/** Public, or ended by people for a reason that counts still: what was wrong opens no date. */
const isOver = (state: CaseState | undefined): boolean => {
  if (state === undefined || state.cs.public !== undefined) return true
  if (state.em.is !== 'exited') return false
  const { reason } = state.em
  return reason === 'attacks'
    ? state.cs.attacks !== undefined
    : reason === 'opened' ||
        (reason === 'leak' && state.signals.some(({ what, is }) => what === 'leak' && is === 'counted'))
}

const publishedText = ({ states }: Place, id: CaseId): string => {
  const state = states.get(id)
  if (state?.kind !== 'case') return ''
  const isFixed = state.cs.fixReady !== undefined
  return JSON.stringify([approvedText(state), isFixed, state.reports.map(({ reporter, credit }) => [reporter, credit])])
}

/** A fix that nobody checked becomes ready with its publication in an emergency; `fix.ts` says when that may be. */
function readyByIt(ran: Ran, id: CaseId): boolean {
  const after = ran.after.states.get(id)
  return after?.kind === 'case' && after.cs.fixReady !== undefined
}

/** The case in which people said why nothing is fixed: a question is about the case that it was asked in. */
function reasonIn(ran: Ran, { unfixed }: { readonly unfixed?: string }): CaseId | undefined {
  if (unfixed === undefined) return undefined
  if (ran.request.verb === 'approve') return ran.request.case
  const approvals = [...ran.before.states.values()].flatMap((state) =>
    state.kind === 'case' ? state.approvals.map((one) => ({ ...one, of: state.id })) : [],
  )
  const digest = releaseBefore(ran)?.ahead?.digest
  return approvals.findLast((one) => one.status === 'given' && one.digest === digest)?.of
}

/** Whether a case is not public after a command. */
const isSecret = ({ after }: Ran, id: CaseId): boolean => {
  const state = after.states.get(id)
  return state?.kind === 'case' && state.cs.public === undefined
}

/** Whom a release of the round told of a case, before a command. */
function toldBefore({ before }: Ran, { id, heldIn, heldBefore = [] }: CaseState) {
  const releases = heldIn === undefined ? [] : [heldIn, ...heldBefore]
  return releases.flatMap((one) => {
    const told = before.states.get(one)
    const all = told?.kind === 'release' ? told.prenotified : []
    return all.filter(({ cases }) => cases === undefined || cases.includes(id))
  })
}

/** Who held patches of a case before a command, by whichever release, and was not said to have let them out. */
function holdersBefore(ran: Ran, state: CaseState) {
  const told = toldBefore(ran, state)
  const isSame = (one: { readonly list: string; readonly recipient: string }) => (other: typeof one) =>
    one.list === other.list && one.recipient === other.recipient
  const suspected = state.signals.flatMap(({ what, is, suspect }) =>
    what === 'leak' && is === 'counted' && suspect?.kind === 'recipient' ? [suspect] : [],
  )
  const suspended = told.filter(({ suspendedAt }) => suspendedAt !== undefined)
  return told.filter((one) => one.sentAt !== undefined && !suspected.some(isSame(one)) && !suspended.some(isSame(one)))
}

export const RELEASE: readonly Fact[] = [
  {
    name: 'a pre-notification to somebody without consent or a usable key',
    broken: (ran) =>
      eventsOf(ran, 'PrenotificationQueued').some(({ recipients }) =>
        recipients.some(({ list, recipient }) => {
          const known = ran.policy.prenotification.lists
            .find((one) => one.id === list)
            ?.recipients.find((one) => one.id === recipient)
          return known?.consented === undefined || known.plaintext !== 'accepted'
        }),
      ),
  },
  {
    name: 'a pre-notification without fix, texts or an embargo, or of what is public',
    broken: (ran) =>
      carried(ran, 'PrenotificationQueued').some((state) => {
        const secret = state.em.is === 'active' || state.em.is === 'revise'
        return (
          state.rm !== 'accepted' ||
          state.cs.fixReady === undefined ||
          state.advisory === undefined ||
          !secret ||
          state.cs.public !== undefined ||
          state.cs.exploit !== undefined
        )
      }),
  },
  {
    name: 'a release outside its window, after the embargo’s end, or sooner than recipients were promised',
    broken: (ran) => {
      const state = caseBefore(ran)
      if (!has(ran, 'PrenotificationQueued') || state === undefined) return false
      return eventsOf(ran, 'ReleaseScheduled').some(({ at }) => {
        const lead = ran.policy.prenotification.lead[state.severity ?? 'high']
        const usual = lead.unit === 'days' ? lead.amount : Math.ceil(lead.amount / 24)
        // Attacks leave a day.
        const promised = state.cs.attacks === undefined ? usual : 1
        const dates = Math.floor(at / DAY) - Math.floor(ran.before.now / DAY)
        const end = 'end' in state.em ? state.em.end : 0
        return !inReleaseWindow(ran.policy, at) || at > end || dates < promised
      })
    },
  },
  {
    name: 'a release got a date that was past, or people were told of one',
    broken: (ran) => {
      const dates = [...eventsOf(ran, 'ReleaseScheduled'), ...eventsOf(ran, 'ReleaseRescheduled')].map(({ at }) => at)
      const told = has(ran, 'PrenotificationQueued') ? worldAfter(ran).release?.at : undefined
      // A publication of a case alone begins with a release of this very moment.
      const planned = has(ran, 'DisclosureStarted') ? [] : dates
      return [...planned, ...(told === undefined ? [] : [told])].some((at) => at <= ran.before.now)
    },
  },
  {
    name: 'a second pre-notification while one is out',
    broken: (ran) =>
      has(ran, 'PrenotificationQueued') &&
      (releaseBefore(ran)?.is === 'prenotified' || releaseBefore(ran)?.is === 'released'),
  },
  {
    name: 'what was approved changed while its mails were leaving',
    broken: (ran) =>
      leftToTell(ran) > 0 &&
      caseAfter(ran) !== undefined &&
      approvedText(caseBefore(ran)) !== approvedText(caseAfter(ran)),
  },
  {
    name: 'texts or patches changed after the publication had begun',
    broken: (ran) =>
      releaseBefore(ran)?.startedAt !== undefined &&
      (approvedText(caseBefore(ran)) !== approvedText(caseAfter(ran)) ||
        JSON.stringify(caseBefore(ran)?.reports.map((report) => report.credit)) !==
          JSON.stringify(caseAfter(ran)?.reports.map((report) => report.credit))),
  },
  {
    name: 'published without fix or a reason that there is none, without texts or an accepted case',
    broken: (ran) => {
      const [begun] = eventsOf(ran, 'DisclosureStarted')
      if (begun === undefined) return false
      const cases = carried(ran, 'DisclosureStarted')
      return (
        cases.length === 0 ||
        cases.some(
          ({ id, rm, cs, advisory }) =>
            rm !== 'accepted' ||
            advisory === undefined ||
            (cs.fixReady === undefined && !readyByIt(ran, id) && reasonIn(ran, begun) !== id),
        )
      )
    },
  },
  {
    name: 'texts, patches, credits or whether it is fixed changed between the yes to a publication and its instant',
    broken: (ran) => {
      const { id, ahead } = releaseBefore(ran) ?? {}
      const still = id === undefined ? undefined : ran.after.states.get(id)
      if (ahead === undefined || still?.kind !== 'release' || still.ahead !== ahead) return false
      return ahead.cases.some((one) => publishedText(ran.before, one) !== publishedText(ran.after, one))
    },
  },
  {
    name: 'what began by itself tells of other cases than two people saw',
    broken: (ran) => {
      const { ahead } = releaseBefore(ran) ?? {}
      if (ran.request.verb !== 'fire-clock' || ahead === undefined || !has(ran, 'DisclosureStarted')) return false
      const goes = carried(ran, 'DisclosureStarted').map(({ id }) => id)
      return goes.toSorted().join() !== [...ahead.cases].toSorted().join()
    },
  },
  {
    name: 'what began by itself is attacked, and its texts say that it is less severe than that',
    broken: (ran) =>
      ran.request.verb === 'fire-clock' &&
      carried(ran, 'DisclosureStarted').some(
        ({ cs, severity }) => cs.attacks !== undefined && severity !== 'high' && severity !== 'critical',
      ),
  },
  {
    name: 'an embargo expired though its publication was to begin by itself by then',
    broken: (ran) => {
      const { ahead } = releaseBefore(ran) ?? {}
      const isDue = ahead !== undefined && ahead.from <= ran.before.now
      const expired = eventsOf(ran, 'EmbargoExited').some(({ reason }) => reason === 'expired')
      return isDue && expired && !has(ran, 'DisclosureHeld')
    },
  },
  {
    name: 'what was approved ahead began by itself when its time was long over',
    broken: (ran) => {
      const { ahead } = releaseBefore(ran) ?? {}
      const late = ahead !== undefined && ran.before.now - ahead.from > 2 * HOUR
      return late && ran.request.verb === 'fire-clock' && has(ran, 'DisclosureStarted')
    },
  },
  {
    name: 'published, and who holds the patches is not told',
    broken: (ran) =>
      eventsOf(ran, 'DisclosureStarted').some(({ mails }) => {
        const told = new Set(
          mails.flatMap(({ letter, to }) =>
            letter === 'embargo-lifted' && to.kind === 'recipient' ? [`${to.list}/${to.recipient}`] : [],
          ),
        )
        return carried(ran, 'DisclosureStarted').some((state) =>
          holdersBefore(ran, state).some(({ list, recipient }) => !told.has(`${list}/${recipient}`)),
        )
      }),
  },
  {
    name: 'something is published of which it was settled that nothing is',
    broken: (ran) => carried(ran, 'DisclosureStarted').some(({ publication }) => publication === 'none'),
  },
  {
    name: 'changed patches went to who was told of none of the cases that changed',
    broken: (ran) =>
      eventsOf(ran, 'PrenotificationUpdated').some(({ mails }) => {
        const changed = carried(ran, 'PrenotificationUpdated').filter(
          ({ held = [], branches }) =>
            !branches.every(
              ({ fix, affected, supported }) =>
                !affected ||
                !supported ||
                fix === undefined ||
                !('sha256' in fix) ||
                held.some(({ sha256 }) => sha256 === fix.sha256),
            ),
        )
        const told = releaseBefore(ran)?.prenotified ?? []
        return mails.some(
          ({ to }) =>
            to.kind === 'recipient' &&
            !told.some(
              ({ list, recipient, cases }) =>
                list === to.list &&
                recipient === to.recipient &&
                changed.some(({ id }) => cases === undefined || cases.includes(id)),
            ),
        )
      }),
  },
  {
    name: 'published under an embargo before the date that people were promised, or twice',
    broken: (ran) => {
      const release = releaseBefore(ran)
      const state = caseBefore(ran)
      if (!has(ran, 'DisclosureStarted')) return false
      const secret = state?.em.is === 'active' || state?.em.is === 'revise'
      const early = release?.at === undefined || release.is === 'cancelled' ? secret : ran.before.now < release.at
      return (early && !isOver(state)) || release?.startedAt !== undefined
    },
  },
  {
    name: 'somebody was told ahead through whom details may have got out',
    broken: (ran) =>
      eventsOf(ran, 'PrenotificationQueued').some(({ recipients }) =>
        carried(ran, 'PrenotificationQueued').some(({ signals }) =>
          signals.some(
            ({ what, is, suspect }) =>
              what === 'leak' &&
              is === 'counted' &&
              suspect?.kind === 'recipient' &&
              recipients.some((one) => one.list === suspect.list && one.recipient === suspect.recipient),
          ),
        ),
      ),
  },
  {
    name: 'facts went out and who holds the patches was not told, or went out twice',
    broken: (ran) =>
      eventsOf(ran, 'InterimDisclosed').some(({ case: id, mails }) => {
        const told = new Set(mails.map(({ to }) => (to.kind === 'recipient' ? `${to.list}/${to.recipient}` : '')))
        const state = ran.before.states.get(id)
        const all = state?.kind === 'case' ? toldBefore(ran, state) : []
        const isSuspended = ({ list, recipient }: (typeof all)[number]) =>
          all.some((one) => one.list === list && one.recipient === recipient && one.suspendedAt !== undefined)
        const untold = all.some(
          (one) => one.sentAt !== undefined && !isSuspended(one) && !told.has(`${one.list}/${one.recipient}`),
        )
        return untold || (state?.kind === 'case' && state.publishedAt !== undefined)
      }),
  },
  {
    name: 'a public mail left before P',
    broken: (ran) =>
      ran.effects.some(
        (effect) =>
          effect.kind === 'send-mail' &&
          effect.to.kind === 'public' &&
          !effect.letter.startsWith('heads-up') &&
          isSecret(ran, effect.case),
      ),
  },
  {
    name: 'a step marked done that was not done',
    broken: (ran) =>
      ran.trail.some(({ recorded: { event, stream } }) => {
        if (event.type !== 'StepDone') return false
        const letter = LETTER_OF[event.step]
        const waits = ran.before.pending.filter((one) => one.letter === letter && one.stream === stream)
        if (ran.request.verb === 'settle') return ran.request.outcome !== 'went' || waits.length !== 1
        if (ran.request.verb !== 'record-outcome') return true
        const { outcome } = ran.request
        if (!('letter' in outcome) || outcome.letter !== letter || waits.length !== 1) return true
        return outcome.is !== 'mail-accepted' && isPublicLetter(letter)
      }),
  },
  {
    name: 'a step done without a next one, or an end before the last',
    broken: (ran) => {
      const release = worldAfter(ran).release
      if (!has(ran, 'StepDone') || release === undefined) return false
      const open = release.steps.filter((step) => step.doneAt === undefined)
      const moves = ran.effects.some((effect) => effect.kind === 'send-mail')
      return open.length > 0 ? !moves || release.disclosedAt !== undefined : release.disclosedAt === undefined
    },
  },
  {
    name: 'closed while pre-notified recipients wait or a publication runs',
    broken: (ran) => {
      const release = worldAfter(ran).release
      return (
        has(ran, 'CaseClosed') &&
        (release?.is === 'prenotified' || (release?.is === 'released' && release.disclosedAt === undefined))
      )
    },
  },
]

const LETTER_OF: Readonly<Record<string, string>> = {
  'announce-mail': 'announcement',
  'oss-security-mail': 'oss-security',
  'embargo-lifted': 'embargo-lifted',
  thanks: 'thanks',
}
const isPublicLetter = (letter: string | undefined): boolean => letter === 'announcement' || letter === 'oss-security'

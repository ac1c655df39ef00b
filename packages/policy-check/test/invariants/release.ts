import { isDocumentDone } from './documents.ts'
import { carried, caseAfter, caseBefore, eventsOf, has, isSecret, releaseBefore, worldAfter } from './invariant.ts'
import type { Invariant } from './invariant.ts'
import { addresseeKey, DAY, HOUR, inReleaseWindow, isDocumentStep, isEnded, isPublished } from '@embargo/core'
import { tellsAnybody } from '@embargo/core'
import type { CaseId, CaseState } from '@embargo/core'
import type { ModelState } from '../../src/state.ts'
import type { Execution } from '../../src/execute.ts'

/** How many mails of an approved pre-notification are still to be sent. Mails to suspended recipients do not count. */
function leftToTell(execution: Execution): number {
  const release = releaseBefore(execution)
  if (release?.is !== 'prenotified') return 0
  const suspended = release.prenotified
    .filter(({ suspendedAt }) => suspendedAt !== undefined)
    .map(({ list, recipient }) => addresseeKey({ kind: 'recipient', list, recipient }))
  return execution.before.pending.filter(
    ({ letter, stream, to }) =>
      stream === release.id &&
      (letter === 'prenotification' || letter === 'heads-up') &&
      to !== undefined &&
      !suspended.includes(addresseeKey(to)),
  ).length
}

const affectedText = (branches: CaseState['branches']): string =>
  JSON.stringify(
    branches
      .filter(({ affected }) => affected)
      .map(({ name, packages = [] }) => [name, ...packages.filter((one) => !one.affected).map((one) => one.package)]),
  )

/** The vectors and the weakness that recipients read. */
const rated = (texts: NonNullable<CaseState['heldTexts']>): string =>
  texts
    .filter(({ name }) => name === 'vector' || name === 'weakness')
    .map(({ text }) => text)
    .join()

/** The approved content, as far as the state of a case contains it. */
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

/**
 * Whether the case is public, or people ended its embargo for a reason that still holds. If the reason was attacks or a
 * leak, it holds until somebody corrects that signal.
 */
const isOver = (state: CaseState | undefined): boolean => {
  if (state === undefined || state.cs.public !== undefined) return true
  if (state.em.is !== 'exited') return false
  const { reason } = state.em
  return reason === 'attacks'
    ? state.cs.attacks !== undefined
    : reason === 'opened' ||
        (reason === 'leak' && state.signals.some(({ what, is }) => what === 'leak' && is === 'counted'))
}

const publishedText = ({ states }: ModelState, id: CaseId): string => {
  const state = states.get(id)
  if (state?.kind !== 'case') return ''
  const isFixed = state.cs.fixReady !== undefined
  return JSON.stringify([approvedText(state), isFixed, state.reports.map(({ reporter, credit }) => [reporter, credit])])
}

/**
 * Whether the fix is ready after the command. In an emergency, a fix that nobody has checked becomes ready when the
 * publication begins: see `fix.ts`.
 */
function readyByIt(execution: Execution, id: CaseId): boolean {
  const after = execution.after.states.get(id)
  return after?.kind === 'case' && after.cs.fixReady !== undefined
}

/**
 * The case to which the reason for a publication without a fix (`unfixed`) belongs. People give that reason only in the
 * case in which they request the approval of the publication, so this is the case of the approval.
 */
function reasonIn(execution: Execution, { unfixed }: { readonly unfixed?: string }): CaseId | undefined {
  if (unfixed === undefined) return undefined
  if (execution.request.verb === 'approve') return execution.request.case
  const approvals = [...execution.before.states.values()].flatMap((state) =>
    state.kind === 'case' ? state.approvals.map((one) => ({ ...one, of: state.id })) : [],
  )
  const digest = releaseBefore(execution)?.ahead?.digest
  return approvals.findLast((one) => one.status === 'given' && one.digest === digest)?.of
}

/**
 * The recipients who had been told of a case before the command, by any release since the case was opened or last
 * reopened.
 */
function toldBefore({ before }: Execution, { id, heldIn, heldBefore = [] }: CaseState) {
  const releases = heldIn === undefined ? [] : [heldIn, ...heldBefore]
  return releases.flatMap((one) => {
    const told = before.states.get(one)
    const all = told?.kind === 'release' ? told.prenotified : []
    return all.filter(({ cases }) => cases === undefined || cases.includes(id))
  })
}

/**
 * The recipients who had patches of a case from any release before a command. Recipients who are suspended or suspected
 * of a leak are left out.
 */
function holdersBefore(execution: Execution, state: CaseState) {
  const told = toldBefore(execution, state)
  const isSame = (one: { readonly list: string; readonly recipient: string }) => (other: typeof one) =>
    one.list === other.list && one.recipient === other.recipient
  const suspected = state.signals.flatMap(({ what, is, suspect }) =>
    what === 'leak' && is === 'counted' && suspect?.kind === 'recipient' ? [suspect] : [],
  )
  const suspended = told.filter(({ suspendedAt }) => suspendedAt !== undefined)
  return told.filter((one) => one.sentAt !== undefined && !suspected.some(isSame(one)) && !suspended.some(isSame(one)))
}

export const RELEASE: readonly Invariant[] = [
  {
    name: 'a pre-notification to somebody without consent or a usable key',
    broken: (execution) =>
      eventsOf(execution, 'PrenotificationQueued').some(({ recipients }) =>
        recipients.some(({ list, recipient }) => {
          const known = execution.policy.prenotification.lists
            .find((one) => one.id === list)
            ?.recipients.find((one) => one.id === recipient)
          return known?.consented === undefined || known.plaintext !== 'accepted'
        }),
      ),
  },
  {
    name: 'a pre-notification without fix, texts or an embargo, or of what is public',
    broken: (execution) =>
      carried(execution, 'PrenotificationQueued').some((state) => {
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
    broken: (execution) => {
      const state = caseBefore(execution)
      if (!has(execution, 'PrenotificationQueued') || state === undefined) return false
      return eventsOf(execution, 'ReleaseScheduled').some(({ at }) => {
        const lead = execution.policy.prenotification.lead[state.severity ?? 'high']
        const usual = lead.unit === 'days' ? lead.amount : Math.ceil(lead.amount / 24)
        // If attacks are observed, recipients are promised a lead of only one day.
        const promised = state.cs.attacks === undefined ? usual : 1
        const dates = Math.floor(at / DAY) - Math.floor(execution.before.now / DAY)
        const end = 'end' in state.em ? state.em.end : 0
        return !inReleaseWindow(execution.policy, at) || at > end || dates < promised
      })
    },
  },
  {
    name: 'a release got a date that was past, or people were told of one',
    broken: (execution) => {
      const dates = [...eventsOf(execution, 'ReleaseScheduled'), ...eventsOf(execution, 'ReleaseRescheduled')].map(
        ({ at }) => at,
      )
      const told = has(execution, 'PrenotificationQueued') ? worldAfter(execution).release?.at : undefined
      // A case that is published without a planned release gets a release whose date is the present moment. So the
      // planned date is not checked if a publication begins.
      const planned = has(execution, 'DisclosureStarted') ? [] : dates
      return [...planned, ...(told === undefined ? [] : [told])].some((at) => at <= execution.before.now)
    },
  },
  {
    name: 'a second pre-notification while one is out',
    broken: (execution) =>
      has(execution, 'PrenotificationQueued') &&
      (releaseBefore(execution)?.is === 'prenotified' || releaseBefore(execution)?.is === 'released'),
  },
  {
    name: 'what was approved changed while its mails were leaving',
    broken: (execution) =>
      leftToTell(execution) > 0 &&
      caseAfter(execution) !== undefined &&
      approvedText(caseBefore(execution)) !== approvedText(caseAfter(execution)),
  },
  {
    name: 'texts or patches changed after the publication had begun',
    broken: (execution) =>
      releaseBefore(execution)?.startedAt !== undefined &&
      (approvedText(caseBefore(execution)) !== approvedText(caseAfter(execution)) ||
        // A credit may change after everything was published. The next correction then contains the new credit.
        (!isPublished(releaseBefore(execution)) &&
          JSON.stringify(caseBefore(execution)?.reports.map((report) => report.credit)) !==
            JSON.stringify(caseAfter(execution)?.reports.map((report) => report.credit)))),
  },
  {
    name: 'published without a fix or a reason for going without, without texts or without an accepted case',
    broken: (execution) => {
      const [started] = eventsOf(execution, 'DisclosureStarted')
      if (started === undefined) return false
      const cases = carried(execution, 'DisclosureStarted')
      return (
        cases.length === 0 ||
        cases.some(
          ({ id, rm, cs, advisory }) =>
            rm !== 'accepted' ||
            advisory === undefined ||
            (cs.fixReady === undefined && !readyByIt(execution, id) && reasonIn(execution, started) !== id),
        )
      )
    },
  },
  {
    name: 'texts, patches, credits or whether it is fixed changed between the yes to a publication and its instant',
    broken: (execution) => {
      const { id, ahead } = releaseBefore(execution) ?? {}
      const still = id === undefined ? undefined : execution.after.states.get(id)
      if (ahead === undefined || still?.kind !== 'release' || still.ahead !== ahead) return false
      return ahead.cases.some((one) => publishedText(execution.before, one) !== publishedText(execution.after, one))
    },
  },
  {
    name: 'a publication began automatically with other cases than two people approved',
    broken: (execution) => {
      const { ahead } = releaseBefore(execution) ?? {}
      if (execution.request.verb !== 'fire-clock' || ahead === undefined || !has(execution, 'DisclosureStarted'))
        return false
      const goes = carried(execution, 'DisclosureStarted').map(({ id }) => id)
      return goes.toSorted().join() !== [...ahead.cases].toSorted().join()
    },
  },
  {
    name: 'a publication began automatically with texts that rate an attacked case below high',
    broken: (execution) =>
      execution.request.verb === 'fire-clock' &&
      carried(execution, 'DisclosureStarted').some(
        ({ cs, severity }) => cs.attacks !== undefined && severity !== 'high' && severity !== 'critical',
      ),
  },
  {
    name: 'an embargo expired although its publication was to begin automatically by then',
    broken: (execution) => {
      const { ahead } = releaseBefore(execution) ?? {}
      const isDue = ahead !== undefined && ahead.from <= execution.before.now
      const expired = eventsOf(execution, 'EmbargoExited').some(({ reason }) => reason === 'expired')
      return isDue && expired && !has(execution, 'DisclosureHeld')
    },
  },
  {
    name: 'a publication that was approved ahead began automatically long after its time',
    broken: (execution) => {
      const { ahead } = releaseBefore(execution) ?? {}
      const late = ahead !== undefined && execution.before.now - ahead.from > 2 * HOUR
      return late && execution.request.verb === 'fire-clock' && has(execution, 'DisclosureStarted')
    },
  },
  {
    name: 'published, and who holds the patches is not told',
    broken: (execution) =>
      eventsOf(execution, 'DisclosureStarted').some(({ mails }) => {
        const told = new Set(
          mails.flatMap(({ letter, to }) =>
            letter === 'embargo-lifted' && to.kind === 'recipient' ? [`${to.list}/${to.recipient}`] : [],
          ),
        )
        return carried(execution, 'DisclosureStarted').some((state) =>
          holdersBefore(execution, state).some(({ list, recipient }) => !told.has(`${list}/${recipient}`)),
        )
      }),
  },
  {
    name: 'something is published of which it was settled that nothing is',
    broken: (execution) => carried(execution, 'DisclosureStarted').some(({ publication }) => publication === 'none'),
  },
  {
    name: 'a changed notice went to who was told of none of the cases that changed',
    broken: (execution) =>
      eventsOf(execution, 'PrenotificationUpdated').some(({ mails }) => {
        const changed = carried(execution, 'PrenotificationUpdated').filter(
          ({ held = [], heldTexts = [], branches, advisory, cwe, cvss3, cvss4 }) =>
            heldTexts.some(({ name, text }) => name === 'impact' && text !== advisory?.impact) ||
            heldTexts.some(({ name, text }) => name === 'component' && text !== advisory?.component) ||
            heldTexts.some(({ name, text }) => name === 'affected branches' && text !== affectedText(branches)) ||
            (heldTexts.length > 0 &&
              rated(heldTexts) !== [cvss4, cvss3, cwe].filter((one) => one !== undefined).join()) ||
            !branches.every(
              ({ fix, affected, supported }) =>
                !affected ||
                !supported ||
                fix === undefined ||
                !('sha256' in fix) ||
                held.some(({ sha256 }) => sha256 === fix.sha256),
            ),
        )
        const told = releaseBefore(execution)?.prenotified ?? []
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
    broken: (execution) => {
      const release = releaseBefore(execution)
      const state = caseBefore(execution)
      if (!has(execution, 'DisclosureStarted')) return false
      const inForce = state?.em.is === 'active' || state?.em.is === 'revise'
      // If the policy tells nobody in advance, nobody was promised a date.
      const secret = inForce && tellsAnybody(execution.policy, [state])
      const early = release?.at === undefined || release.is === 'cancelled' ? secret : execution.before.now < release.at
      return (early && !isOver(state)) || release?.startedAt !== undefined
    },
  },
  {
    name: 'somebody was told ahead through whom details may have got out',
    broken: (execution) =>
      eventsOf(execution, 'PrenotificationQueued').some(({ recipients }) =>
        carried(execution, 'PrenotificationQueued').some(({ signals }) =>
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
    broken: (execution) =>
      eventsOf(execution, 'InterimDisclosed').some(({ case: id, mails }) => {
        const told = new Set(mails.map(({ to }) => (to.kind === 'recipient' ? `${to.list}/${to.recipient}` : '')))
        const state = execution.before.states.get(id)
        const all = state?.kind === 'case' ? toldBefore(execution, state) : []
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
    broken: (execution) =>
      execution.effects.some(
        (effect) =>
          effect.kind === 'send-mail' &&
          effect.to.kind === 'public' &&
          !effect.letter.startsWith('heads-up') &&
          isSecret(execution, effect.case),
      ),
  },
  {
    name: 'a step marked done that was not done',
    broken: (execution) =>
      execution.trail.some(({ recorded: { event, stream } }) => {
        if (event.type !== 'StepDone') return false
        if (isDocumentStep(event.step)) return !isDocumentDone(execution, event.step)
        const letter = LETTER_OF[event.step]
        const waits = execution.before.pending.filter((one) => one.letter === letter && one.stream === stream)
        // With `done.step`, a person says that all mails of the step were sent. Each of these mails must have been
        // waiting for a person.
        if (execution.request.verb === 'done.step')
          return execution.request.step !== event.step || waits.length === 0 || waits.some(({ held }) => !held)
        if (execution.request.verb === 'settle') return execution.request.outcome !== 'went' || waits.length !== 1
        if (execution.request.verb !== 'record-outcome') return true
        const { outcome } = execution.request
        if (!('letter' in outcome) || outcome.letter !== letter || waits.length !== 1) return true
        return outcome.is !== 'mail-accepted' && isPublicLetter(letter)
      }),
  },
  {
    name: 'a correction that leaves before two people approved it, or tells somebody of a late CVE id',
    broken: (execution) =>
      eventsOf(execution, 'CorrectionStarted').some(
        ({ mails }) =>
          execution.request.verb !== 'approve' && (execution.request.verb !== 'correct.cve' || mails.length > 0),
      ),
  },
  {
    name: 'a correction of one case that publishes or mails something of another case',
    broken: (execution) => {
      const corrected = worldAfter(execution).release?.correction?.case
      return (
        corrected !== undefined &&
        execution.effects.some((effect) => effect.kind === 'deliver' && effect.case !== corrected)
      )
    },
  },
  {
    name: 'a step done without a next one, or an end before the last',
    broken: (execution) => {
      const release = worldAfter(execution).release
      if (!has(execution, 'StepDone') || release === undefined) return false
      const open = release.steps.filter((step) => !isEnded(step))
      if (open.length === 0) return release.disclosedAt === undefined
      // The next open step must have begun before, must wait for a person, or must be sent now.
      const [next] = open
      const leaves = execution.effects.some((effect) => effect.kind === 'send-mail' || effect.kind === 'deliver')
      const wasBegun = releaseBefore(execution)?.steps.some(
        (one) => one.step === next?.step && one.begunAt !== undefined,
      )
      const byHand = release.documents?.some((one) => one.step === next?.step && one.mode === 'prepare') === true
      return (!leaves && wasBegun !== true && !byHand) || release.disclosedAt !== undefined
    },
  },
  {
    name: 'closed while pre-notified recipients wait or a publication runs',
    broken: (execution) => {
      const release = worldAfter(execution).release
      return (
        has(execution, 'CaseClosed') &&
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

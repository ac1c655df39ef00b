import type { LoggedAnswer, PersonRequest } from '../vocabulary/command.ts'
import type { Decision, Lift } from '../vocabulary/decision.ts'
import { freeTeam } from '../state/people/access.ts'
import type { Person } from '../policy/schema.ts'
import type { Answer } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { noPublicationApproved } from '../gates/frozen.ts'
import { refuse } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { aloneInSolo } from '../gates/alone-in-solo.ts'
import { isOwnPatch, mayVerify, possiblyOwnPatch, somebodyWithoutHand } from '../gates/verifier-is-not-author.ts'
import { assertNever } from '../shared/assert-never.ts'
import { isPublished } from '../state/release/text-freeze.ts'
import { openProposal } from '../state/embargo/terms.ts'
import { withAnswer } from '../state/report/answers.ts'
import { branchesToFix } from '../state/stage.ts'
import type { Branch, LivePatch } from '../state/fix/state.ts'
import type { CaseState, Report, TakenIn } from '../state/state.ts'
import { loggedConsent, loggedDate, basisFields } from './logged-terms.ts'
import { withReadiness } from './readiness.ts'
import { nothingToDo, onCase, onStreams, refused, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import type { SampleView } from './sample-view.ts'

type LogAnswer = Extract<PersonRequest, { verb: 'log-answer' }>

/**
 * Refuses answers about the credit or the verification of the fix while the publication runs, because two people have
 * approved texts that contain both.
 */
const publicationNotBegunForTexts: Gate = {
  id: 'publication-not-begun',
  check: (context) => {
    const { request } = context
    if (request.verb !== 'log-answer') return undefined
    const { about } = request.answer
    // After the publication, a credit may change again, and the next revision of the record contains it.
    if (about === 'credit' && isPublished(context.release)) return undefined
    return about === 'credit' || about === 'verification' ? publicationNotBegun.check(context) : undefined
  },
}

/** Refuses a new credit while a publication is approved in advance, because the approved texts contain the credit. */
const creditNotApproved: Gate = {
  id: 'frozen',
  check: (context) => {
    const { request } = context
    return request.verb === 'log-answer' && request.answer.about === 'credit'
      ? noPublicationApproved.check(context)
      : undefined
  },
}

/**
 * Records an answer that a person has read in a mail, together with that mail. Embargo itself never interprets free
 * text as a yes.
 */
export const logAnswer = defineRequest({
  verb: 'log-answer',
  gates: [publicationNotBegunForTexts, creditNotApproved],
  decide: (context) => {
    const { state, request } = context
    const mail = state.messages.find((one) => one.message === request.message)
    if (mail === undefined) return senseless('That mail is not in this case.', you('name a mail of this case', 'read'))
    const none = writtenByNobody(mail)
    if (none !== undefined) return none
    if (mail.from !== 'reporter')
      return senseless(
        'That mail is not from the reporter, or nothing proves that it is.',
        you('ask the reporter to answer from their own address'),
      )
    const report = state.reports.find((one) => one.id === mail.report)
    if (report === undefined)
      return senseless('That mail belongs to no report of this case.', you('name another mail', 'read'))
    const { answer } = request
    const known = loggedAlready(context, mail, report)
    if (known !== undefined)
      return request.more === true && mail.unread !== true
        ? logged(context, report, known)
        : nothingToDo('That is logged for this mail already.')
    if (answer.about === 'verification') return verification(context, mail, answer, report)
    if (answer.about === 'consent') return loggedConsent(context, mail, report, answer)
    if (answer.about === 'embargo-date') return loggedDate(context, mail, report, answer)
    return logged(context, report, answerOf(answer, report))
  },
  inputs: loggedAnswers,
})

/** Refuses an answer from a mail that proves nothing, because somebody else or a program may have written the mail. */
function writtenByNobody({ automatic, trust }: TakenIn): Decision | undefined {
  if (automatic === true)
    return senseless(
      'A program wrote that mail, so it is no answer.',
      you('name a mail that the reporter wrote themselves', 'read'),
    )
  return trust === 'failed'
    ? senseless(
        'The checks of that mail contradict its stated sender, so it does not count as an answer.',
        you('ask the reporter whether they wrote it, and log the mail in which they answer', 'read'),
      )
    : undefined
}

/** The answer that was logged from this mail before, if the request repeats it and the answer is still in force. */
function loggedAlready(context: Context<LogAnswer>, mail: TakenIn, report: Report): Answer | undefined {
  const known = mail.logged?.findLast(({ about }) => about === context.request.answer.about)
  if (known === undefined || !isSame(withAnswer(report, known), report)) return undefined
  return isMeant(context, mail, known) ? known : undefined
}

function isMeant({ state, request }: Context<LogAnswer>, mail: TakenIn, known: Answer): boolean {
  const { answer } = request
  switch (known.about) {
    case 'credit':
      return answer.about === 'credit' && answer.credit === known.credit && answer.name === known.name?.value
    case 'consent':
      return answer.about === 'consent' && answer.agreed === known.agreed && answersNothingElse(state, mail, known)
    case 'verification': {
      const fix = state.branches.find(({ name }) => name === known.branch)?.fix
      const live = fix === undefined || fix.is === 'assigned' ? undefined : fix.sha256
      const isSameQuestion = answer.about === 'verification' && (answer.branch ?? known.branch) === known.branch
      return isSameQuestion && answer.fixed === known.fixed && live === known.sha256
    }
    default:
      return isSame(known, answer)
  }
}

/**
 * Whether the mail cannot answer a proposal other than the logged one (`proposal`): the team has no open proposal, its
 * open proposal is newer than the mail, or its open proposal is the logged one.
 */
function answersNothingElse({ em }: CaseState, mail: TakenIn, { proposal }: { readonly proposal?: string }): boolean {
  const open = openProposal(em)
  return open?.by !== 'team' || mail.at < open.proposedAt || open.proposal === proposal
}

const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other)

type Simple = Exclude<LoggedAnswer, { about: 'verification' | 'consent' | 'embargo-date' }>

function answerOf(answer: Simple, report: Report): Answer {
  switch (answer.about) {
    case 'credit':
      return {
        about: 'credit',
        credit: answer.credit,
        ...(answer.name === undefined ? {} : { name: { $personal: report.reporter, value: answer.name } }),
      }
    case 'patch-offer':
    case 'ai-use':
    case 'open':
    case 'forwarding':
      return answer
    default:
      return assertNever(answer)
  }
}

const logged = (context: Context<LogAnswer>, report: Report, answer: Answer) =>
  onCase(context, [
    {
      type: 'ReporterAnswered',
      report: report.id,
      answer,
      ...basisFields(context.request),
      ...(answer.about === 'credit' && isPublished(context.release) ? { late: true } : {}),
    },
  ])

/** Refuses the answer, because no patch waits for the reporter's verification. Says why none waits, and what to do. */
function nothingAsked(state: CaseState, name: string | undefined, waiting: readonly Branch[]): Decision {
  const open = branchesToFix(state).filter((one) => name === undefined || one.name === name)
  const [branch] = open.filter(
    ({ fix }) => fix === undefined || fix.is === 'assigned' || fix.is === 'changes-requested',
  )
  if (waiting.length > 0)
    return senseless(
      `No patch for ${name ?? 'that branch'} waits for the reporter’s verification.`,
      you(`name one of ${waiting.map((one) => one.name).join(', ')}`, 'log-answer'),
    )
  if (open.length === 0)
    return senseless(
      `${name === undefined ? 'No branch is' : `${name} is not`} named as affected, so no patch waits for the reporter’s verification.`,
      you('name the affected branch first', 'triage.affects'),
    )
  if (branch === undefined)
    return senseless('No patch waits for the reporter’s verification.', you('look at what is open', 'status'))
  return branch.fix === undefined
    ? senseless(
        `Nobody is assigned to ${branch.name}, so no patch waits for the reporter’s verification.`,
        you('assign it first', 'assign-patch'),
      )
    : senseless(
        `No patch for ${branch.name} is submitted, so the reporter cannot verify one.`,
        you('submit the patch; that asks the reporter to verify it', 'patch'),
      )
}

function verification(
  context: Context<LogAnswer>,
  mail: TakenIn,
  answer: Extract<LoggedAnswer, { about: 'verification' }>,
  report: Report,
) {
  const { state, person } = context
  const waiting = branchesToFix(state).filter(
    (one) => one.fix?.is === 'submitted' && one.fix.verification?.of === 'reporter',
  )
  const branch = answer.branch === undefined ? waiting[0] : waiting.find((one) => one.name === answer.branch)
  const fix = branch?.fix
  if (branch === undefined || fix === undefined || fix.is === 'assigned') {
    return nothingAsked(state, answer.branch, waiting)
  }
  // A maintainer who works alone may log the answer about their own patch, because the mail shows that the answer is
  // the reporter's.
  if (person !== undefined && isOwnPatch(fix, person, context.policy) && !aloneInSolo(context.policy)) {
    return refused(
      refuse(
        'verifier-is-not-author',
        'You wrote or submitted this patch, so somebody else must log the reporter’s answer about it.',
        [otherLoggerLift(context, fix, person)],
      ),
    )
  }
  const doubt = person && possiblyOwnPatch(fix, person, context.whole)
  if (doubt !== undefined) return refused(doubt)
  if (fix.verification === undefined || mail.at < fix.verification.askedAt) {
    return senseless(
      'That mail came before the patch was sent to the reporter.',
      you('name the mail that answers the request', 'read'),
    )
  }
  const { sha256 } = fix
  const by = { kind: 'reporter', report: report.id } as const
  const { message } = context.request
  const outcome: CaseEvent = answer.fixed
    ? { type: 'FixVerified', branch: branch.name, sha256, by, message }
    : {
        type: 'ChangesRequested',
        branch: branch.name,
        sha256,
        by,
        reason: 'the reporter says that it does not fix what they reported',
      }
  const verdict: Answer = { about: 'verification', branch: branch.name, sha256, fixed: answer.fixed }
  const answered: CaseEvent = {
    type: 'ReporterAnswered',
    report: report.id,
    answer: verdict,
    ...basisFields(context.request),
  }
  return onStreams(withReadiness(context, [answered, outcome]))
}

/**
 * Sample answers: one of each kind, and two more that confirm the patch. Of these two, one is from a mail that came
 * before the question, and one is from a mail whose sender is not proven.
 */
function loggedAnswers({ id, mails, branches, ends }: SampleView): readonly LogAnswer[] {
  if (mails === undefined) return []
  const { early, fresh, unproven } = mails
  const logged = (answer: LogAnswer['answer'], message = fresh): LogAnswer => ({
    verb: 'log-answer',
    case: id,
    message,
    answer,
  })
  return [
    ...branches.flatMap((branch) => [
      logged({ about: 'verification', branch, fixed: true }),
      logged({ about: 'verification', branch, fixed: false }),
      logged({ about: 'verification', branch, fixed: true }, early),
      logged({ about: 'verification', branch, fixed: true }, unproven),
    ]),
    logged({ about: 'patch-offer', willing: true }),
    logged({ about: 'consent', agreed: true }),
    logged({ about: 'consent', agreed: false }),
    ...Object.values(ends()).map((end) => logged({ about: 'embargo-date', end })),
    logged({ about: 'open', agreed: true }),
    logged({ about: 'forwarding', agreed: true, named: false }),
    logged({ about: 'credit', credit: 'anonymous' }),
  ]
}

/**
 * Says who may log the answer instead: somebody on the case who did not work on the patch. If there is no such person,
 * says what to do first.
 */
function otherLoggerLift(context: Context, fix: LivePatch, person: Person): Lift {
  const { state, policy } = context
  return freeTeam(policy, state).some((one) => mayVerify(fix, one, policy))
    ? { who: `any team member but ${person.name}`, how: 'logs it', verb: 'log-answer' }
    : somebodyWithoutHand(context)
}

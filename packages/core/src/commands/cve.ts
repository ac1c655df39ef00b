import { foreignLink } from '../gates/public-link.ts'
import { embargoExited } from '../gates/embargo-exited.ts'
import { textsFrozen } from '../gates/texts-frozen.ts'
import { isTooLate, keptAs, textsOnTheirWay } from '../state/release/text-freeze.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { onlyIf } from '../gates/for-each-case.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { wording } from '../gates/wording.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { CveId } from '../shared/words.ts'
import { projectOf } from '../state/project.ts'
import { reservationDoubt } from '../state/delivery-doubts.ts'
import type { CaseState } from '../state/state.ts'
import type { Project } from '../policy/schema/project.ts'
import { targetModes } from '../policy/target-modes.ts'
import type { Decision, Lift } from '../vocabulary/decision.ts'

/**
 * If the case was found valid at any time, its CVE id and the link to the record may still be added late, even after
 * the case is closed.
 */
export const validityOnceDecided: Gate = {
  id: 'validity-decided',
  check: (context) => (context.state.onceValid === true ? undefined : validityDecided.check(context)),
}

/** The kinds of CNA that get the request as a text, from a person or by mail. */
const WITH_TEXT: readonly (Project['cve'] | undefined)[] = ['other', 'form']

/**
 * The request to a CNA repeats what people wrote about the case, so this text is checked. Findings in the finished
 * texts and documents do not count, because these are not sent with the request.
 */
const wordingForCna = onlyIf(
  ({ request, policy, state }) =>
    request.verb === 'cve.request' && request.link === undefined && WITH_TEXT.includes(projectOf(policy, state).cve),
  { id: wording.id, check: (context) => wording.check({ ...context, findings: [] }) },
)

/**
 * Records that the CNA is asked for an id. If the project is its own CNA and has credentials for CVE Services, the id
 * is reserved there. If the project publishes at GitHub, GitHub is asked for the id.
 */
export const cveRequest = defineRequest({
  verb: 'cve.request',
  content: 'checked',
  gates: [validityOnceDecided, wordingForCna],
  decide: (context) => {
    const { state, policy, request } = context
    const { link } = request
    if (state.cve?.id !== undefined) return nothingToDo(`It has ${state.cve.id} already.`)
    const from = projectOf(policy, state).cve
    const elsewhere = requestedElsewhere(context)
    if (elsewhere !== undefined) return elsewhere
    const reserve = request.reserve === true && getsIdItself(projectOf(policy, state), state) && link === undefined
    if (reserve && from === 'own' && reservationDoubt(state) !== undefined)
      return senseless(MAY_BE_RESERVED, OUT_OF_DOUBT)
    if (state.cve !== undefined && !isNews(state.cve, { link, reserve })) return nothingToDo(asBefore(state.cve))
    return onCase(context, [
      {
        type: 'CveRequested',
        from,
        ...(link === undefined ? {} : { link }),
        ...(reserve ? { reserve } : {}),
      },
    ])
  },
  inputs: ({ id }) => [{ verb: 'cve.request', case: id, reserve: true }],
})

/** Refuses a request to a second source, because the case could get two ids. */
export function requestedElsewhere({ state, policy }: Pick<Context, 'state' | 'policy'>): Decision | undefined {
  const from = projectOf(policy, state).cve
  const before = state.cve?.from
  if (before === undefined || before === from) return undefined
  return senseless(
    `An id was requested in the former way (${before}; the project now uses ${from}), and a second request could give a second id.`,
    you('end the first request, with the reason', 'cve.reject'),
  )
}

/** Whether Embargo itself requests the id, at GitHub or CVE Services. It never does so for a practice case. */
const getsIdItself = (project: Project, { practice }: CaseState): boolean =>
  practice !== true && (project.cve === 'own' || asksGitHub(project))

/**
 * Whether Embargo asks GitHub for the ids of a project. It does if it also publishes the project's advisories at
 * GitHub.
 */
export const asksGitHub = (project: Project): boolean =>
  project.cve === 'github' && targetModes(project).github === 'publish'

type CveOfCase = NonNullable<CaseState['cve']>

/** Whether a repeated request changes something: it adds a link that was missing, or retries a refused reservation. */
const isNews = (
  { requestLink, reservation }: CveOfCase,
  asked: { readonly link: string | undefined; readonly reserve: boolean },
): boolean =>
  (asked.link !== undefined && requestLink === undefined) ||
  (asked.reserve && (reservation === undefined || reservation.refused !== undefined))

const asBefore = ({ reservation }: CveOfCase): string =>
  reservation === undefined || reservation.refused !== undefined
    ? 'It is requested already.'
    : 'An id is on its way. It is recorded when it comes.'

const MAY_BE_RESERVED =
  'It is not known whether the last call reserved an id, and another call could reserve a second one.'

const OUT_OF_DOUBT: readonly Lift[] = [
  { who: 'any team member', how: 'records one of the ids that are reserved and unused', verb: 'cve.set' },
  { who: 'any team member', how: 'lets Embargo reserve another one', verb: 'settle' },
]

/** Records the id that the CNA assigned. Approved texts whose sending has begun do not change. */
export const cveSet = defineRequest({
  verb: 'cve.set',
  gates: [validityOnceDecided],
  decide: (context) => {
    const { state, request, release } = context
    if (state.cve?.id === request.cve) return nothingToDo(`It is ${request.cve} already.`)
    if (state.cve?.id !== undefined) {
      return senseless(
        `The case has ${state.cve.id}, and a vulnerability gets only one id.`,
        you('reject the wrong one first, with the reason', 'cve.reject'),
      )
    }
    const { link, reserved } = request
    const doubt = reservationDoubt(state)
    const isKept = textsOnTheirWay(state, release)
    return onCase(
      context,
      [
        {
          type: 'CveAssigned',
          cve: request.cve,
          ...(link === undefined ? {} : { link }),
          ...(reserved === undefined ? {} : { reserved: true }),
          ...(reserved?.test === undefined ? {} : { test: true }),
          ...(isKept ? { kept: keptAs(state) } : {}),
          ...(isTooLate(state, release) && reserved?.test === undefined ? { late: true } : {}),
        },
        ...(doubt === undefined ? [] : [{ type: 'DoubtSettled', effect: doubt.effect, outcome: 'went' } as const]),
      ],
      isKept ? 'The approved texts do not change. The records name the id later.' : undefined,
    )
  },
  // Two sample ids, because some rules only ask whether the case has an id, and other rules compare this id with a
  // given id.
  inputs: ({ id }) =>
    ['CVE-1900-0001', 'CVE-1900-0002'].map((cve) => ({ verb: 'cve.set', case: id, cve: CveId.parse(cve) })),
})

/**
 * Records that the CVE record is public. By the CVE rules, the record must not be the first publication of the
 * vulnerability.
 */
export const cvePublished = defineRequest({
  verb: 'cve.published',
  gates: [validityOnceDecided, embargoExited],
  decide: (context) => {
    const { state, request } = context
    const id = state.cve?.id
    if (id === undefined) return senseless('The case has no CVE id.', you('record the id first', 'cve.set'))
    if (state.cve?.publishedAt !== undefined) return nothingToDo(`The record of ${id} is published already.`)
    if (state.cs.public === undefined) {
      return senseless(
        'Nothing about this case is public yet, and a CVE record must not be the first publication.',
        you('publish first; if the record went out by mistake, say that the vulnerability is public', 'signal.public'),
      )
    }
    const foreign = foreignLink(projectOf(context.policy, state), request.link, 'cve-record')
    if (foreign !== undefined) return { ok: false, refusal: foreign }
    return onCase(context, [{ type: 'CvePublished', cve: id, link: request.link }])
  },
  inputs: ({ id }) => [{ verb: 'cve.published', case: id, link: 'https://www.cve.org/CVERecord' }],
})

/**
 * Records that a person asked another CNA to update or reject the CVE record, by means of the CNA's web form. For a
 * request by mail, people use `reply`.
 */
export const cveUpdate = defineRequest({
  verb: 'cve.update',
  gates: [],
  decide: (context) =>
    context.state.cve?.outdated === true
      ? onCase(context, [{ type: 'CveUpdateRequested' }])
      : nothingToDo('There is no correction to send to a CNA.'),
  inputs: () => [],
})

/** Records that the CVE id will not be used, or that no id will be assigned. */
export const cveReject = defineRequest({
  verb: 'cve.reject',
  gates: [validityOnceDecided, textsFrozen],
  decide: (context) => {
    const { state, request } = context
    if (state.cve === undefined && (state.publishedAt === undefined || state.withoutCve === true))
      return nothingToDo('The case has no CVE id, and none was requested.')
    const { id, reserved, test, publishedAt } = state.cve ?? {}
    const doubt = reservationDoubt(state)
    return onCase(context, [
      {
        type: 'CveRejected',
        reason: request.reason,
        ...(id === undefined ? {} : { cve: id }),
        // Only an id without a public record is rejected at the service. A public record is corrected instead.
        ...(id !== undefined && reserved === true && publishedAt === undefined ? { atService: true } : {}),
        ...(test === undefined ? {} : { test }),
      },
      ...(doubt === undefined ? [] : [{ type: 'DoubtSettled', effect: doubt.effect, outcome: 'withdrawn' } as const]),
    ])
  },
  inputs: ({ id }) => [{ verb: 'cve.reject', case: id, reason: 'because' }],
})

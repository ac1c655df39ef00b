import { ANA, BEN, CEM, cem } from '@embargo/testkit/policy'
import { later, MessageId, PROFILES, ReporterId, ReportId } from '../../src/index.ts'
import type {
  CaseId,
  Instant,
  LoggedAnswer,
  MailTrust,
  PersonId,
  Policy,
  PolicySource,
  Request,
} from '../../src/index.ts'
import { ana, ben, BLOB, DAY, HASH, HOUR, OTHER_HASH, person, policyOf, RELEASE, START } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'

/** This file sets up one case in many states, so that tests can try commands in them. Ana coordinates the case. */

export const PREVIEW = { digest: OTHER_HASH, blob: BLOB }
export { cem }

/** Ana, Ben and Cem are the team; Ana alone is an admin. */
export const teamOfThree = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })
/** The same team, in which Ben is an admin too. */
export const twoAdmins = policyOf('team', {
  people: [ANA, { ...BEN, roles: ['admin', 'team'] }, { ...CEM, roles: ['team'] }],
})
export const soloPolicy = policyOf('solo')

export const withProject = (change: Partial<Policy['projects'][number]>): Policy => {
  const policy = policyOf()
  return { ...policy, projects: policy.projects.map((project) => ({ ...project, ...change })) }
}

/** A policy in which no project names a public list (`announce` or `ossSecurity`). */
export const withoutLists = (change: Partial<PolicySource> = {}): Policy => {
  const policy = policyOf('team', change)
  return {
    ...policy,
    projects: policy.projects.map(({ announce: _announce, ossSecurity: _ossSecurity, ...project }) => project),
  }
}

/** The same scenario after one more command. */
export const after = (scenario: MultiCaseScenario, request: Request, by: PersonId = ana): MultiCaseScenario => {
  scenario.does(request, person(by))
  return scenario
}

/** The state after one person requested something and another approved it. */
export function requestAndApprove(
  scenario: MultiCaseScenario,
  request: Request & { readonly shown?: unknown },
  by = ana,
  other = ben,
): MultiCaseScenario {
  after(scenario, { ...request, shown: PREVIEW } as Request, by)
  return after(scenario, { verb: 'approve', case: ONE, shown: PREVIEW }, other)
}

export const receivedCase = (policy = policyOf()) => new MultiCaseScenario(policy).opens()
export const acknowledgedCase = (policy?: Policy) => after(receivedCase(policy), { verb: 'ack', case: ONE })
/** The case was found valid, but is not rated. */
export const validCase = (policy?: Policy) =>
  after(acknowledgedCase(policy), { verb: 'triage', case: ONE, disposition: 'valid' })
export const ratedCase = (policy?: Policy) =>
  after(acknowledgedCase(policy), { verb: 'triage', case: ONE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
export const affectedCase = (policy?: Policy) =>
  after(ratedCase(policy), {
    verb: 'triage.affects',
    case: ONE,
    branch: 'main',
    affected: true,
    range: '< 4.3',
    fixedVersion: '4.3',
  })
/** The case is accepted, and Ben writes the patch. */
export const assignedCase = (policy?: Policy) =>
  after(affectedCase(policy), { verb: 'assign-patch', case: ONE, to: ben, branches: [] })
/** Ben submitted a patch, and the reporter must check it. */
export const patchedCase = (policy = policyOf()) => new MultiCaseScenario(policy).untilPatch()
/** The reporter verified the patch, and the advisory is written. */
export const readyCase = (policy = policyOf()) => new MultiCaseScenario(policy).untilReady()
/** The pre-notification is approved, and its mails are being sent. */
export const prenotifyingCase = (policy = policyOf()) => new MultiCaseScenario(policy).untilPrenotified(RELEASE)
/** Every recipient has the pre-notification. */
export const prenotifiedCase = (policy?: Policy) => deliverMails(prenotifyingCase(policy))
/** The publication has begun. */
export function publishingCase(policy?: Policy): MultiCaseScenario {
  const scenario = prenotifiedCase(policy)
  scenario.now = RELEASE
  return requestAndApprove(scenario, { verb: 'disclose', case: ONE })
}
/** The publication is over. */
export const publishedCase = (policy?: Policy) => deliverMails(publishingCase(policy))
export const spamCase = (policy?: Policy) =>
  after(receivedCase(policy), { verb: 'triage', case: ONE, disposition: 'spam' })
export const deferredCase = (scenario = ratedCase()) =>
  after(scenario, { verb: 'triage.not-now', case: ONE, reason: 'not this year' })
/** Two people agree that the vulnerability is public. */
export const confirmPublic = (scenario: MultiCaseScenario) =>
  requestAndApprove(scenario, { verb: 'signal.public', case: ONE, link: 'https://forum.example/1' })

/** Attacks were observed, but the severity was not raised, because mails of the release were being sent at the time. */
export const observeAttacks = (scenario: MultiCaseScenario, id = ONE): MultiCaseScenario =>
  scenario.happens(id, { type: 'AttacksObserved', signal: `${id}/s1` })

/** Two people agree that attacks were observed. */
export const confirmAttacks = (scenario: MultiCaseScenario) =>
  requestAndApprove(scenario, { verb: 'signal.attack', case: ONE })

/** The relay accepts every mail of the release, including mails that are requested only after others were accepted. */
export function deliverMails(scenario: MultiCaseScenario): MultiCaseScenario {
  for (let seen = 0; seen < scenario.effects.length; seen += 1) {
    const effect = scenario.effects[seen]
    if (effect?.kind !== 'send-mail' || effect.stream === ONE) continue
    const { letter, to, stream, id } = effect
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@example.org>' } as const
    scenario.does({ verb: 'record-outcome', stream, effect: id, outcome })
  }
  return scenario
}

/** After the reporters were asked to check the patch, somebody else reported the vulnerability too. */
export const attachLaterReport = (scenario: MultiCaseScenario) =>
  scenario.happens(ONE, {
    type: 'ReportAttached',
    report: ReportId.parse(`${ONE}/r9`),
    reporter: ReporterId.parse('rep-9'),
    identity: { $personal: ReporterId.parse('rep-9'), value: { address: 'sol@other.example' } },
    message: MessageId.parse('mail-of-another'),
    receivedAt: scenario.now,
    answerable: true,
  })

/** A mail from the reporter, an hour later. */
export function receiveMail(
  scenario: MultiCaseScenario,
  from: 'reporter' | 'unverified' = 'reporter',
  how: { readonly trust: MailTrust; readonly automatic: boolean } = { trust: 'domain-vouches', automatic: false },
): MultiCaseScenario {
  scenario.wait(HOUR)
  const message = MessageId.parse(`answer-${scenario.caseState(ONE).messages.length}`)
  scenario.does({
    verb: 'take-in-message',
    case: ONE,
    message,
    from,
    ...(from === 'reporter' ? { report: scenario.reportId } : {}),
    ...how,
  })
  return scenario
}

/** The latest mail. */
export function lastMail(scenario: MultiCaseScenario): MessageId {
  const mail = scenario.caseState(ONE).messages.at(-1)
  if (mail === undefined) throw new Error('no mail came')
  return mail.message
}

/** The request that submits a patch with this hash. */
export const patchOf = (sha256 = HASH) =>
  ({ verb: 'patch', case: ONE, sha256, blob: BLOB, fileName: 'fix.patch' }) as const

/** Ana found the vulnerability herself: nobody reported it. */
export const internalCase = (policy = policyOf()) => {
  const scenario = new MultiCaseScenario(policy)
  return after(scenario, { verb: 'open', case: ONE, project: 'quillmark' })
}

/** Recipients have the patches: the release was cancelled after its pre-notification had arrived. */
export const cancelledReleaseCase = (policy?: Policy) =>
  requestAndApprove(prenotifiedCase(policy), { verb: 'release.cancel', case: ONE, reason: 'the fix is not complete' })

/** Ana logs what the reporter answers in the last mail. */
export const logAnswer = (scenario: MultiCaseScenario, answer: LoggedAnswer, by = ana) =>
  after(scenario, { verb: 'log-answer', case: ONE, message: lastMail(scenario), answer }, by)

/** The reporter verified the patch, but the advisory is not written yet. */
export const verifiedCase = (policy?: Policy) =>
  logAnswer(receiveMail(patchedCase(policy)), { about: 'verification', fixed: true })

/** Team and reporter agree to continue in public. */
export const continueInPublic = (scenario: MultiCaseScenario) =>
  after(logAnswer(receiveMail(scenario), { about: 'open', agreed: true }), { verb: 'embargo.open', case: ONE })

/** Somebody raised the signal that the vulnerability is public, and nobody has answered yet. */
export const signalPublic = (scenario: MultiCaseScenario) =>
  after(scenario, { verb: 'signal.public', case: ONE, link: 'https://forum.example/1', shown: PREVIEW })

/** Somebody asked to take the case out of a release whose recipients know of the case, and nobody has answered yet. */
export const requestDrop = (scenario: MultiCaseScenario, id = ONE) =>
  after(scenario, { verb: 'release.drop', case: id, reason: 'the fix is wrong', shown: PREVIEW })

/** A policy with one list and one recipient, who has the given properties. */
export const withList = (
  recipient: { readonly consented?: string; readonly plaintext?: 'accepted' },
  kind?: 'linux-distros',
): Policy =>
  policyOf('team', {
    prenotification: {
      ...PROFILES.team.prenotification,
      lists: [
        {
          id: 'distros',
          name: 'Distributions',
          recipients: [{ id: 'north', name: 'North Linux', address: 'security@north.example', ...recipient }],
          ...(kind && { kind }),
        },
      ],
    },
  })

/** A release with a date, about which no recipient was told. Its publication was approved an hour before the date. */
export function earlyApprovedCase(): MultiCaseScenario {
  const scenario = after(readyCase(), { verb: 'release.plan', case: ONE, at: RELEASE })
  scenario.now = later(RELEASE, -HOUR)
  return requestAndApprove(scenario, { verb: 'disclose', case: ONE })
}

/** The case was found to be a duplicate, and merged into an earlier case. */
export function mergedCase(): MultiCaseScenario {
  const scenario = new MultiCaseScenario().open(TWO).wait(HOUR).open(ONE)
  return after(scenario, { verb: 'triage.duplicate', case: ONE, of: TWO, end: endOf(scenario, TWO) })
}

export function endOf(scenario: MultiCaseScenario, id: CaseId): Instant {
  const { em } = scenario.caseState(id)
  if (em.is !== 'active') throw new Error('no embargo')
  return em.end
}

/** North is on two lists. */
export const twoListPolicy: Policy = (() => {
  const policy = policyOf()
  const lists = policy.prenotification.lists
  const vendors = lists.map((list) => ({ ...list, id: 'vendors', name: 'Vendors' }))
  return { ...policy, prenotification: { ...policy.prenotification, lists: [...lists, ...vendors] } }
})()

/** The embargo of ninety days expired. */
export const expireEmbargo = (scenario: MultiCaseScenario): MultiCaseScenario =>
  after(scenario.wait(91 * DAY), {
    verb: 'fire-clock',
    stream: ONE,
    clock: 'embargo-end',
    round: later(START, 90 * DAY),
    fraction: 1,
  })

/** Cem is a maintainer, and is on no case unless he is invited. */
export const maintainerPolicy = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['maintainer'] }] })
export const invitedCase = () =>
  after(receivedCase(maintainerPolicy), { verb: 'people.invite', case: ONE, person: cem })

/** A policy in which each list keeps a secret for at most this many days. */
export const policyWithMostDays = (most: number): Policy => {
  const policy = policyOf()
  const lists = policy.prenotification.lists.map((list) => ({ ...list, mostDays: most }))
  return { ...policy, prenotification: { ...policy.prenotification, lists } }
}

export const twoProjects: Policy = (() => {
  const policy = policyOf()
  const others = policy.projects.map((project) => ({ ...project, id: 'inkwell', name: 'Inkwell' }))
  return { ...policy, projects: [...policy.projects, ...others] }
})()

/** The case was closed as not a vulnerability, and then the reporter wrote again. */
export const closedCaseWithMail = (): MultiCaseScenario =>
  receiveMail(after(acknowledgedCase(), { verb: 'triage', case: ONE, disposition: 'invalid', reason: 'by design' }))

/**
 * A line that shows how to attack. Such a line was once sent to the announcement list and to oss-security by mistake.
 */
export const POC = 'PoC: /etc/motd with curl http://127.0.0.1:8080/x | sh'
/** The text about the impact shows how to attack. */
export const describeAttack = (scenario: MultiCaseScenario, id = ONE): MultiCaseScenario =>
  scenario.happens(id, { type: 'AdvisoryDrafted', component: 'the loader', impact: `Reads files.\n${POC}` })

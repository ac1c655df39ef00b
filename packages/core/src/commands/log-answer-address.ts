import { z } from 'zod'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { Append, Decision } from '../vocabulary/decision.ts'
import type { MailTrust } from '../events/answers.ts'
import { addressNamed, addressOfTheirs, reportAsked } from '../gates/address-of-theirs.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { CaseId, MessageId, ReportId } from '../shared/ids.ts'
import type { PersonalIdentity } from '../shared/personal.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import type { CaseState, Report, TakenIn } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { nothingToDo, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

type ReporterAddress = Extract<PersonRequest, { verb: 'log-answer.address' }>

const GATES: readonly Gate[] = [addressOfTheirs]

/**
 * Records a new address of a reporter, taken from one of their mails. This takes two people, because the From header
 * proves nothing, and everybody who reads mail at the new address will get all later mails to the reporter.
 */
export const reporterAddressTwice: TwoPersonRule<ReporterAddress> = {
  waits: z.object({
    verb: z.literal('log-answer.address'),
    case: CaseId,
    report: ReportId.exactOptional(),
    message: MessageId,
  }),
  gates: GATES,
  approver: approverByPolicy,
  complete: ({ state, request }) => bare(request, reportAsked(state, request)),
  preview,
  mails: () => [],
  releaseAt: () => undefined,
  run: moved,
}

export const logAnswerAddress = defineRequest({
  verb: 'log-answer.address',
  gates: GATES,
  decide: (context) => {
    const { state, request } = context
    const mail = state.messages.find(({ message }) => message === request.message)
    const none = whyNot(mail)
    if (none !== undefined) return none
    const report = resolveReport(state.reports, {
      named: request.report,
      verb: 'log-answer.address',
      none: 'Nobody reported this by mail.',
    })
    if (isUnresolved(report)) return report
    const { address } = request
    if (address === undefined)
      return senseless(
        'That mail cannot be read, so nobody knows where it came from.',
        you('name another mail', 'read'),
      )
    if (report.identity.value?.address.toLowerCase() === address.toLowerCase())
      return nothingToDo('Mails to the reporter go to that address already.')
    return named(context, report, { $personal: report.reporter, value: { address } })
  },
  twoPeople: reporterAddressTwice,
  // No rule depends on a reporter's address, so `packages/policy-check` needs no inputs.
  inputs: () => [],
})

/** The request as the log stores it. It has no address: an address is personal data and is stored separately. */
const bare = ({ verb, case: id, message, report: reportId }: ReporterAddress, report: Report | undefined) =>
  ({
    verb,
    case: id,
    ...(report === undefined && reportId === undefined ? {} : { report: report?.id ?? reportId }),
    message,
  }) as ReporterAddress

function whyNot(mail: TakenIn | undefined): Decision | undefined {
  if (mail === undefined) return senseless('The case has no such mail.', you('name one of its mails', 'read'))
  if (mail.from === 'team') return senseless('That mail is from the team.', you('name a mail of the reporter', 'read'))
  if (mail.recipient !== undefined)
    return senseless(
      `That mail came to the reply address of ${mail.recipient.recipient}, a recipient, and not to that of a reporter.`,
      you('name a mail of the reporter', 'read'),
    )
  if (mail.vendor !== undefined)
    return senseless(
      `That mail came to the reply address of ${mail.vendor}, another vendor, and not to that of a reporter.`,
      you('name a mail of the reporter', 'read'),
    )
  return mail.automatic === true
    ? senseless('A program wrote that mail.', you('name a mail that the reporter wrote themselves', 'read'))
    : undefined
}

function named(context: Context<ReporterAddress>, report: Report, identity: PersonalIdentity): Decision {
  const { request, state } = context
  const { shown } = request
  const asks = bare(request, report)
  const question = askForApproval(
    { ...context, request: shown === undefined ? asks : { ...asks, shown } },
    reporterAddressTwice,
  )
  if (!question.ok || question.appends.length === 0) return question
  const events = question.appends.flatMap((append) => append.events)
  const { message } = request
  return onCaseOf(state, [{ type: 'ReporterAddressNamed', report: report.id, message, identity }, ...events])
}

const onCaseOf = ({ id }: CaseState, events: Append['events']): Decision => ({
  ok: true,
  appends: [{ stream: id, events }],
})

function moved({ state, request }: Context<ReporterAddress>): readonly Append[] {
  const report = reportAsked(state, request)
  const address = report && addressNamed(report, request)
  if (report === undefined || address === undefined) return []
  const { identity: before, reporter, answerable } = report
  const { name, login } = before.value ?? {}
  const value = { ...(name === undefined ? {} : { name }), address, ...(login === undefined ? {} : { login }) }
  const identity = { $personal: reporter, value }
  return [
    {
      stream: state.id,
      events: [
        {
          type: 'ReporterAddressSet',
          report: report.id,
          message: request.message,
          identity,
          ...(answerable ? { before } : {}),
        },
      ],
    },
  ]
}

const TRUST: Readonly<Record<MailTrust, string>> = {
  'signed-by-sender': 'The mail is signed with the sender’s key.',
  'domain-vouches': 'The domain of that address confirms the sender, but not that the sender is the reporter.',
  'nothing-proven': 'Nothing proves who sent that mail: ask the reporter in another way before you say yes.',
  failed: 'The checks contradict the stated sender of that mail: ask the reporter in another way before you say yes.',
}

function preview({ state, request }: PendingContext<ReporterAddress>): readonly string[] {
  const number = state.messages.findIndex(({ message }) => message === request.message) + 1
  const trust = state.messages[number - 1]?.trust ?? 'nothing-proven'
  return [
    `Mails to the reporter${state.reports.length > 1 ? ` of ${request.report ?? ''}` : ''} go to the address that mail ${number} came from, and no longer to the earlier address. Both addresses get a mail about this.`,
    TRUST[trust],
  ]
}

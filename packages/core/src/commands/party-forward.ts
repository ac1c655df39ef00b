import { z } from 'zod'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { reporterAgrees, worthForwarding } from '../gates/reporter-agrees.ts'
import { hasEncryptedMail } from '../state/report/mail-encryption.ts'
import { partyAt, publicKeyOf } from '../policy/schema.ts'
import type { Policy } from '../policy/schema.ts'
import { shortFingerprint } from '../shared/public-key.ts'
import { contactOf } from '../state/report/vendor-contact.ts'
import { BlobId, CaseId, ReportId, Sha256 } from '../shared/ids.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import type { CaseState, Report } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { nothingToDo, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

type Forward = Extract<PersonRequest, { verb: 'party.forward' }>

const GATES: readonly Gate[] = [worthForwarding, reporterAgrees]

/**
 * Two people must first read the address and the text, because a report that is sent cannot be recalled. The mail is
 * encrypted only if the policy has the vendor's key.
 */
export const forwardTwice: TwoPersonRule<Forward> = {
  waits: z.object({
    verb: z.literal('party.forward'),
    case: CaseId,
    report: ReportId.exactOptional(),
    to: z.email(),
    text: BlobId,
    sha256: Sha256,
    reportIn: z.boolean(),
    nameIn: z.boolean(),
    files: z.array(Sha256).readonly().exactOptional(),
  }),
  gates: GATES,
  approver: approverByPolicy,
  complete: ({ state, request }) => {
    const report = reportOf(state, request)
    return report === undefined ? request : { ...request, report: report.id }
  },
  preview,
  mails: ({ state, request }) => {
    const report = reportOf(state, request)
    if (report === undefined) return []
    const to = { kind: 'vendor', report: report.id } as const
    return [{ title: `Report to ${request.to}`, letter: 'forwarded-report', to }]
  },
  mailed: ({ state, request }) => forwarded(state, request)[0],
  releaseAt: () => undefined,
  run: ({ state, request }) => [{ stream: state.id, events: forwarded(state, request) }],
}

/**
 * Forwards a report to the vendor of the affected software, with the reporter's consent and a text that two people
 * approved.
 */
export const partyForward = defineRequest({
  verb: 'party.forward',
  gates: GATES,
  decide: (context: Context<Forward>) => {
    const { state, request } = context
    const { to, sha256 } = request
    const none = 'Nobody reported this by mail.'
    const report = resolveReport(state.reports, { named: request.report, verb: 'party.forward', none })
    if (isUnresolved(report)) return report
    if (report.forwarded?.some((one) => one.to === to && one.sha256 === sha256) === true)
      return nothingToDo('This was forwarded to them already.')
    const isEncrypted = publicKeyOf(context.policy, to) !== undefined
    if (!isEncrypted && (request.reportIn || (request.files ?? []).length > 0) && hasEncryptedMail(state, report))
      return senseless(
        'The report came encrypted, so neither its text nor its files leave unencrypted.',
        you('write about it in your own words'),
      )
    return askForApproval({ ...context, request: { ...request, report: report.id } }, forwardTwice)
  },
  twoPeople: forwardTwice,
  inputs: ({ id, text }) => [
    { verb: 'party.forward', case: id, to: 'security@vendor.example', ...text, reportIn: true, nameIn: true },
  ],
})

const reportOf = ({ reports }: CaseState, { report }: Forward): Report | undefined =>
  report === undefined && reports.length === 1 ? reports[0] : reports.find(({ id }) => id === report)

function forwarded(state: CaseState, request: Forward): readonly CaseEvent[] {
  const { to, text, sha256, nameIn: named, files } = request
  const report = reportOf(state, request)
  if (report === undefined) return []
  const attached = files === undefined ? {} : { files }
  return [{ type: 'ReportForwarded', report: report.id, to, named, text, sha256, ...attached }]
}

function preview({ policy, state, request }: PendingContext<Forward>): readonly string[] {
  const { to, nameIn } = request
  const report = reportOf(state, request)
  const unwanted = nameIn && report?.forwarding !== 'named'
  return [
    `The text below goes to ${to} ${wayTo(policy, to)}. ${contentSentence(state, request)}`,
    ...(unwanted ? ['THE REPORTER DID NOT AGREE TO BE NAMED TO THIS VENDOR: change the text before you say yes.'] : []),
    addressSentence(policy, { state, to, report }),
  ]
}

function wayTo(policy: Policy, to: string): string {
  const key = publicKeyOf(policy, to)
  return key === undefined ? 'in plain text' : `encrypted to their key ${shortFingerprint(key.fingerprint)}`
}

/**
 * Says whether the text contains the report and the reporter's name. A person may have written the text, so it can
 * contain more than the reporter has agreed to.
 */
function contentSentence(state: CaseState, request: Forward): string {
  const { reportIn, nameIn } = request
  const suffix = state.reports.length > 1 ? ` ${reportOf(state, request)?.id ?? ''}` : ''
  const named = nameIn
    ? 'The text contains part of the reporter’s name or address.'
    : 'The reporter’s name and address were not found in the text. Check for nicknames yourself: Embargo does not know them.'
  return `The text ${reportIn ? 'contains' : 'does not contain'} the whole original report${suffix}. ${named}`
}

/** Says whether this address was recorded before somebody typed it in this command. */
function addressSentence(
  policy: Policy,
  { state, to, report }: { readonly state: CaseState; readonly to: string; readonly report: Report | undefined },
): string {
  const party = partyAt(policy, to)
  if (party !== undefined) return `The address is the contact of ${party.name} in the policy.`
  const recorded = contactOf(state)
  if (recorded?.toLowerCase() === to.toLowerCase())
    return 'The address is the contact that was recorded when the report was found to be about another vendor’s software.'
  if (report?.forwarded?.some((one) => one.to.toLowerCase() === to.toLowerCase()) === true)
    return 'The report was forwarded to that address before.'
  const other = recorded === undefined ? '' : ` The contact on record is ${recorded}.`
  return `UNKNOWN ADDRESS: nobody has recorded it.${other} Before you say yes, check this address in the vendor’s security.txt or on the vendor’s website.`
}

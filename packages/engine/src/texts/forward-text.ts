import type { CaseId, ReportId } from '@embargo/core'
import { forwardedReportText, secrecyOf } from '@embargo/letters'
import type { Deps } from '../deps.ts'

/** A report as it would go to another vendor; undefined if there is no report, or its mail cannot be read. */
export async function forwardText(
  deps: Deps,
  theCase: CaseId,
  { report: named, files }: { readonly report?: ReportId | undefined; readonly files: boolean },
): Promise<string | undefined> {
  const { state } = await deps.states.load(theCase)
  if (state?.kind !== 'case') return undefined
  const report = named === undefined ? state.reports[0] : state.reports.find(({ id }) => id === named)
  const mail = report === undefined ? undefined : await deps.readMail(report.message)
  const project = deps.policy.policy.projects.find(({ id }) => id === state.project)
  if (report === undefined || mail === undefined || project === undefined) return undefined
  const { name, address } = report.identity.value ?? {}
  const shown = address === undefined ? undefined : name === undefined ? address : `${name} <${address}>`
  return forwardedReportText({
    project: project.name,
    reporter: report.forwarding === 'named' ? shown : undefined,
    subject: mail.subject,
    text: mail.text,
    attachments: mail.attachments.length,
    attached: files,
    secrecy: secrecyOf({ case: state, report }),
    isOurs: state.disposition !== 'other-vendor',
  })
}

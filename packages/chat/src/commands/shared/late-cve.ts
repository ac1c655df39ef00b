import { policyFor } from '@embargo/core'
import type { CveId } from '@embargo/core'
import { refuse, send, wrongInput } from '../../answers.ts'
import { cannotBeUndone } from '../../cards/irreversible.ts'
import { previewCard, previewFacts } from '../../cards/preview.ts'
import type { CaseCall, ChatCommand } from '../../chat-command.ts'
import type { Reply } from '../../types.ts'
import { requestApproval } from './approval-request.ts'
import { previewOf } from './preview.ts'
import { previewExtent, previewRef } from './preview-options.ts'
import type { PreviewValues } from './preview-options.ts'

type LateCve = { readonly cve?: CveId; readonly link?: string; readonly waive?: string }

/**
 * Puts a CVE id that came after the publication into every record. The id is checked, and the records are shown. Then
 * the confirmation of one person is enough. A waiver of a finding in the records, with the reason in `waive`,
 * takes two people.
 */
export async function lateCve(
  call: CaseCall<PreviewValues> & { readonly command: ChatCommand },
  { cve: named, link, waive }: LateCve,
): Promise<Reply> {
  const { engine, case: seen } = call
  const cve = named ?? seen.state.cve?.id
  if (cve === undefined) return wrongInput({ command: call.command, setting: call, because: 'The case has no CVE id.' })
  const checked = await engine.queries.checkCve(cve, seen.id)
  if (!checked.ok)
    return refuse(call, {
      gate: 'makes-sense',
      because: checked.because,
      facts: {},
      liftedBy: [{ who: 'you', how: 'give the id that was assigned to this vulnerability' }],
    })
  const { reserved } = checked
  const request = {
    verb: 'correct.cve',
    case: seen.id,
    cve,
    ...(link === undefined ? {} : { link }),
    ...(reserved === undefined ? {} : { reserved }),
    ...(waive === undefined ? {} : { waive }),
  } as const
  const input = { what: 'cve', id: cve, ...(link === undefined ? {} : { link }) }
  const checks = [
    'No other case has it.',
    ...(reserved === undefined ? [] : ['CVE Services says that it is reserved for us.']),
  ]
  if (waive !== undefined)
    return requestApproval(call, {
      request,
      seat: policyFor(engine.policy.policy, seen.state).approvals.by,
      title: `CVE id ${cve}`,
      notes: [...checks, 'Nothing has been changed yet.'],
      style: 'danger',
      input: { ...input, waive },
    })
  const shown = previewRef(call.values)
  if (shown !== undefined)
    return send(call, { ...request, shown }, `Recorded. Every record of this case gets ${cve} now.`)
  const preview = await previewOf(call, request)
  if ('gate' in preview) return refuse(call, preview, request)
  const warning = cannotBeUndone(request.verb)
  const card = previewCard({
    state: seen.state,
    title: `is this its CVE id? ${cve}`,
    preview,
    ...previewExtent(call),
    warning,
    notes: [
      ...checks,
      'If you confirm, the id goes into every record of this case. No list gets a mail about it; the reporter is told.',
    ],
    action: {
      label: 'Put it into the records',
      verb: 'correct',
      style: 'primary',
      input,
    },
  })
  return { audience: 'caller', card, facts: previewFacts(preview, warning) }
}

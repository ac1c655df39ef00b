import { z } from 'zod'
import { embargoInForce, instant, isoInstant, openProposal, policyFor, TerminationReason } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { refuse, send, wrongInput } from '../answers.ts'
import { embargoCard, openPreviewCard } from '../cards/embargo.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { readEnd } from '../text/read-end.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { firstAndRest } from '../text/words.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import { requestApproval } from './shared/approval-request.ts'
import { refusalOf } from './shared/preview.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { TEAM } from './shared/roles.ts'

export const embargo = defineCommand({
  verb: 'embargo',
  summary: 'Show the embargo, propose or answer an end date, end the embargo, or keep it despite a leak',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Embargo', submit: 'Go on' },
  options: {
    what: z
      .enum(['show', 'until', 'accept', 'reject', 'open', 'end', 'keep'])
      .default('show')
      .register(about, {
        label: 'What',
        shownAs: 'show|until|accept|reject|open|end|keep',
        labels: {
          show: 'Show it',
          until: 'Another end date: propose it to the reporter, or ask two admins',
          accept: 'Accept the date that the reporter proposes',
          reject: 'Reject the date that the reporter proposes',
          open: 'Go on in public, with the reporter’s consent',
          end: 'End it early, with a second person’s approval',
          keep: 'Keep it despite a leak',
        },
      }),
    detail: z.string().max(2000).exactOptional().register(about, {
      label: 'Date and reason',
      hint: 'until: 2026-09-15 [time in UTC] why · reject, keep: why · end: attacks|leak|unreachable why',
      takes: 'rest',
      shownAs: 'date|attacks|leak|unreachable reason',
    }),
    sure: z.enum(['yes']).exactOptional().register(about, { label: 'Sure', hidden: true, takes: 'named' }),
    end: z
      .string()
      .regex(/^\d{1,16}$/)
      .exactOptional()
      .register(about, { label: 'Date that was shown', hidden: true, takes: 'named' }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, detail, sure } = call.values
    const { id } = call.case
    const shownEnd = shownDate(call)
    switch (what) {
      case 'show':
        return { audience: 'caller', card: embargoCard(call.case, call.engine.policy.policy, call.invocation.at) }
      case 'until':
        return until(call, detail ?? '')
      case 'accept':
        return accept(call, shownEnd)
      case 'reject':
        return detail === undefined
          ? wrong(call, 'The reporter is told why the date is refused: give the reason.')
          : send(
              call,
              { verb: 'embargo.reject', case: id, reason: detail, ...shownEnd },
              { said: 'Not agreed.', mailed: 'The reporter is told why.', toReporter: true },
            )
      case 'open':
        return open(call, sure !== undefined)
      case 'end':
        return terminate(call, detail ?? '')
      case 'keep':
        return detail === undefined
          ? wrong(call, 'Give the reason why the embargo goes on after a leak.')
          : send(call, { verb: 'embargo.keep', case: id, reason: detail }, 'Recorded. The embargo goes on.')
    }
  },
})

type EmbargoCall = CaseCall<PreviewValues>

const wrong = (call: EmbargoCall, because: string): Reply =>
  wrongInput({ command: call.command, setting: call, because })

const dated = (call: EmbargoCall, detail: string) =>
  readEnd(detail, call.engine.policy.policy, call.case.state, releaseZones(call))

const anEnd = (call: EmbargoCall): string => `An end date looks like ${dateExample(call, '2026-09-15')}.`

/**
 * The end date that the caller accepts or rejects. A card's button carries the date that the card showed. For a typed
 * command, it is the date of the open proposal.
 */
function shownDate({ values, case: { state } }: CaseCall<{ readonly end?: string }>): { readonly end?: Instant } {
  const end = values.end === undefined ? openProposal(state.em)?.end : instant(Number(values.end))
  return end === undefined ? {} : { end }
}

const accept = (call: EmbargoCall, shownEnd: { readonly end?: Instant }): Promise<Reply> =>
  send(
    call,
    { verb: 'embargo.accept', case: call.case.id, ...shownEnd },
    {
      said: `Accepted${shownEnd.end === undefined ? '' : `: the embargo ends ${isoInstant(shownEnd.end)}`}.`,
      mailed: 'The reporter is told.',
      toReporter: true,
    },
  )

/**
 * Asks for another end date. Reporter and team can agree on a date up to a limit. A date within this limit is proposed
 * to the reporter. A later date, or any date if no reporter answers, is requested from two admins.
 */
async function until(call: EmbargoCall, detail: string): Promise<Reply> {
  const read = dated(call, detail)
  if (read === undefined) return wrong(call, anEnd(call))
  const about = { case: call.case.id, end: read.at, ...(read.rest === undefined ? {} : { reason: read.rest }) }
  const request = { verb: 'embargo.extend', reason: '', ...about } as const
  const proposal = { verb: 'embargo.until', ...about } as const
  const refusal = refusalOf(call, proposal)
  const isTooLong = refusal?.gate === 'embargo-cap'
  if (isTooLong && read.rest === undefined) return refuse(call, refusal)
  if (!isTooLong && (read.rest === undefined || refusalOf(call, request) !== undefined))
    return send(
      call,
      proposal,
      `Proposed. ${embargoInForce(call.case.state.em) ? 'The current end date remains in force' : 'No embargo is in force'} until the other side agrees. Silence counts neither as a yes nor as a no.`,
    )
  const { approvals } = policyFor(call.engine.policy.policy, call.case.state)
  return requestApproval(call, {
    request,
    seat: approvals.by === 'second-look' ? 'second-look' : 'second-admin',
    title: 'a longer embargo',
    notes: ['Nothing has changed yet.'],
    style: 'primary',
    input: { what: 'until', detail: `${isoInstant(read.at)} ${read.rest}` },
  })
}

async function open(call: EmbargoCall, sure: boolean): Promise<Reply> {
  const request = { verb: 'embargo.open', case: call.case.id } as const
  const refusal = refusalOf(call, request)
  if (refusal !== undefined) return refuse(call, refusal)
  if (sure) return send(call, request, 'The embargo is over: you and the reporter go on in public.')
  const warning = 'This cannot be undone: an ended embargo does not come back.'
  return {
    audience: 'caller',
    card: openPreviewCard(call.case.state),
    facts: { is: 'preview', warning, sections: [] },
  }
}

async function terminate(call: EmbargoCall, detail: string): Promise<Reply> {
  const [word, text] = firstAndRest(detail)
  const reason = TerminationReason.safeParse(word.toLowerCase())
  if (!reason.success || text === '')
    return wrong(
      call,
      `To end the embargo early, type one of these reasons and a line of explanation: attacks, leak or unreachable (no reporter can be reached). If the vulnerability is public, use this instead: ${typedAt(call.invocation.place, 'signal public')}`,
    )
  return requestApproval(call, {
    request: { verb: 'embargo.end', case: call.case.id, reason: reason.data, text },
    seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
    title: 'end the embargo',
    notes: ['Nothing has changed yet.'],
    style: 'danger',
    input: { what: 'end', detail: `${reason.data} ${text}` },
  })
}

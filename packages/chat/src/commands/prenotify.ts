import { z } from 'zod'
import { isoInstant, policyFor, prenotifyUpdateNeedsReason, proposedRelease } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { Line } from '@embargo/engine'
import { refuse, send, wrongInput } from '../answers.ts'
import { line } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { time } from '../text/times.ts'
import type { Reply } from '../types.ts'
import { typedAt } from '../usage.ts'
import { requestApproval } from './shared/approval-request.ts'
import { refusalOf } from './shared/preview.ts'
import { exploitOption } from './shared/exploit-option.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { missingFactNotes } from './shared/missing-facts.ts'
import { RELEASER } from './shared/roles.ts'

/** A few lines are enough to say what changed. The preview's button carries the text and has no room for more. */
const REASON_MAX = 1000

export const prenotify = defineCommand({
  verb: 'prenotify',
  summary: 'Notify the pre-notification lists, and post the heads-up',
  short: true,
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Pre-notify', submit: 'Show what would go out' },
  options: {
    what: z
      .enum(['update'])
      .exactOptional()
      .register(about, {
        label: 'What',
        hint: 'If left empty: notify the lists',
        labels: { update: 'Send changed patches and texts, or correct the heads-up' },
        shownAs: 'update',
      }),
    at: z.string().max(REASON_MAX).exactOptional().register(about, {
      label: 'Release',
      hint: '2026-07-14 or 2026-07-14 14:00, in UTC',
      takes: 'rest',
      kind: 'date-time',
      shownAs: 'date|what changed',
    }),
    reason: z.string().max(REASON_MAX).exactOptional().register(about, {
      label: 'What changed',
      hint: 'For changed patches and texts; the recipients read it',
      takes: 'named',
      kind: 'long-text',
      shownAs: 'what changed',
    }),
    cveRequest: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .exactOptional()
      .register(about, {
        label: 'Link to your request for a CVE id',
        hint: 'If nobody has recorded it yet',
        takes: 'named',
        shownAs: 'link',
        carried: true,
      }),
    exploit: exploitOption(),
    ...previewOptions(),
  },
  run: async (given) => {
    const call = await withCveRequest(given)
    if ('refusal' in call) return call
    if (call.values.what === 'update') return updated(call, call.values.reason ?? call.values.at)
    const policy = policyFor(call.engine.policy.policy, call.case.state)
    const planned = call.case.world.release?.at
    const named =
      call.values.at === undefined
        ? undefined
        : readInstant(call.values.at, policy.releaseWindow.from, [planned], releaseZones(call))
    if (named === undefined && call.values.at !== undefined) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: `A release date looks like ${dateExample(call, '2026-07-14')}.`,
      })
    }
    // Without a typed date, the date is that of the planned release, or the date that the rules propose. The button
    // carries the date, so exactly what was shown is requested.
    const at = named ?? planned ?? proposedRelease(policy, call.case.state, call.invocation.at)
    const { exploit } = call.values
    const exploitPart = exploit === undefined ? {} : { exploit }
    const asksForExploits = policy.prenotification.lists.some(({ kind }) => kind === 'linux-distros')
    const exploitNote =
      asksForExploits && exploit === undefined
        ? [`If you share an exploit, say so: ${typedAt(call.invocation.place, 'prenotify --exploit shared')}`]
        : []
    return requestApproval(call, {
      request: { verb: 'prenotify', case: call.case.id, ...(at === undefined ? {} : { at }), ...exploitPart },
      seat: policy.approvals.by,
      title: 'pre-notification',
      fields:
        at === undefined ? [] : [{ label: 'Release', value: releaseLine(at, call.invocation.at, named ?? planned) }],
      notes: ['Nothing has been sent yet.', ...missingFactNotes(call, 'prenotify'), ...exploitNote],
      style: 'primary',
      input: { ...(at === undefined ? {} : { at: isoInstant(at) }), ...exploitPart },
    })
  },
})

type CallAfterRecord<Values> = CaseCall<Values> | Extract<Reply, { refusal: unknown }>

/**
 * Records the caller's request for a CVE id, if the caller gave a link to that request, and returns the changed case.
 * Recording the request is a command of its own, with its own rules.
 */
async function withCveRequest<Values extends { readonly cveRequest?: string }>(
  call: CaseCall<Values>,
): Promise<CallAfterRecord<Values>> {
  const { cveRequest: link } = call.values
  if (link === undefined) return call
  const { invocation, engine, case: seen } = call
  const recorded = await send(
    { ...call, invocation: { ...invocation, deliveryId: `${invocation.deliveryId}:cve` } },
    { verb: 'cve.request', case: seen.id, link },
    'Recorded: a CVE id is requested.',
  )
  if ('refusal' in recorded) return recorded
  const world = await engine.queries.world(seen.id)
  return world?.case === undefined ? call : { ...call, case: { ...seen, world, state: world.case } }
}

/**
 * The line that shows the release date. Everybody will be told this date, so the caller must see it. The button
 * carries the date, but does not show it.
 */
const releaseLine = (at: Instant, now: Instant, named: Instant | undefined): Line =>
  line(time(at, now), ...(named === undefined ? [' · proposed, because you named no date'] : []))

async function updated(call: CaseCall<PreviewValues>, reason: string | undefined): Promise<Reply> {
  const request = { verb: 'prenotify.update', case: call.case.id } as const
  const { state, world } = call.case
  const { policy: whole } = call.engine.policy
  const seen = {
    whole,
    policy: policyFor(whole, state),
    state,
    release: world.release,
    others: world.others,
    at: call.invocation.at,
  }
  const needsReason = prenotifyUpdateNeedsReason(seen)
  if (reason === undefined && needsReason) {
    // If a gate refuses, the person must be told before they write what changed.
    const refusal = refusalOf(call, request)
    if (refusal !== undefined) return refuse(call, refusal)
    return { form: { ...call.command.form({ case: call.case.id, what: 'update' }), title: 'What changed?' } }
  }
  // If only the public heads-up is corrected, the reason is left out, because nobody would read a reason.
  const reasonField = reason === undefined || !needsReason ? {} : { reason }
  return requestApproval(call, {
    request: { ...request, ...reasonField },
    seat: seen.policy.approvals.by,
    title: needsReason ? 'changed notice' : 'corrected heads-up',
    notes: ['Nothing has been sent yet.', ...(needsReason ? missingFactNotes(call, 'prenotify.update') : [])],
    style: 'primary',
    input: { what: 'update', ...reasonField },
  })
}

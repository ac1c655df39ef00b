import { z } from 'zod'
import { contextOf, isoInstant, seatInRelease } from '@embargo/core'
import type { Approval, PersonRequest, Refusal } from '@embargo/core'
import { refuse, send } from '../answers.ts'
import { findApproval, waitingCommandOf, approvalInWords, openApprovals } from '../cards/waiting-command.ts'
import { cannotBeUndone } from '../cards/irreversible.ts'
import { previewCard, previewFacts } from '../cards/preview.ts'
import { readStoredPreview } from '../cards/stored-preview.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { nameOf } from '../people/names.ts'
import { previewExtent, previewRef, previewOptions } from './shared/preview-options.ts'
import { refusalOf } from './shared/preview.ts'
import type { Reply } from '../types.ts'
import { missingFactNotes } from './shared/missing-facts.ts'
import { approvalIdOf, askWhichApproval, approvalOption } from './shared/approval-option.ts'
import { TEAM } from './shared/roles.ts'

export const approve = defineCommand({
  verb: 'approve',
  summary: 'Approve a pending request, exactly as it is shown',
  short: true,
  about: 'case',
  allowed: { who: `${TEAM.who}; if the request needs a second person, not the person who asked` },
  form: { title: 'Approve', submit: 'Approve' },
  options: {
    typedCase: z.string().max(32).exactOptional().register(about, {
      label: 'Type the case number',
      hint: 'Needed only if the policy lets people approve their own requests',
      takes: 'named',
      shownAs: 'number',
      wanted: true,
    }),
    all: z.literal('yes').exactOptional().register(about, { label: 'Show all', hidden: true, takes: 'named' }),
    approval: approvalOption(),
    ...previewOptions(),
  },
  run: async (call) => {
    const { approval: named, typedCase } = call.values
    const { state } = call.case
    if (named === undefined && openApprovals(state).length > 1) return askWhichApproval(call, 'approve')
    const waiting = findApproval(state, named)
    const approval = waiting?.id ?? approvalIdOf(state.id, named)
    const request = {
      verb: 'approve',
      case: call.case.id,
      ...(approval === undefined ? {} : { approval }),
      ...(typedCase === undefined ? {} : { typedCase }),
    } as const
    // The preview of a release quotes each of its cases. Somebody who is not on all of these cases must not read the
    // preview.
    const unseen = notOnAll(call, request)
    if (unseen !== undefined) return refuse(call, unseen)
    if (call.values.all !== undefined && waiting !== undefined) return showAll(call, waiting)
    const shown = previewRef(call.values)
    // A person who approves too early, or who has no right to approve, is refused before anything is shown. This check
    // is skipped for a second look whose time has come: without the case number, core would refuse it, and the form for
    // the case number comes after the preview.
    const early = waiting !== undefined && (waiting.mode !== 'second-look' || call.invocation.at < waiting.notBefore)
    const refusal = early ? refusalOf(call, request) : undefined
    if (refusal !== undefined) return refuse(call, refusal)
    if (shown !== undefined && waiting?.mode === 'second-look' && typedCase === undefined) {
      return { form: call.command.form({ ...shown, ...(approval === undefined ? {} : { approval }) }) }
    }
    if (shown !== undefined) return send(call, { ...request, shown }, 'Approved.', { voided: 'Not approved' })
    const preview = await call.engine.commands.preview(request, call.invocation.at)
    if ('gate' in preview) return refuse(call, preview)
    const warning = warningOf(call, waiting)
    const card = previewCard({
      state: call.case.state,
      title: waiting === undefined ? 'approve' : `approve: ${approvalInWords(waiting)}`,
      preview,
      ...previewExtent(call),
      wholeFirst: true,
      warning,
      notes:
        waiting === undefined
          ? []
          : [
              ...notes(waiting, nameOf(call.engine.policy.policy, waiting.by), preview.digest),
              ...missingFacts(call, waiting),
            ],
      action: {
        label: 'Approve',
        verb: 'approve',
        style: 'danger',
        ...(waiting?.mode === 'second-look' ? { form: true } : {}),
        input: approval === undefined ? {} : { approval },
      },
    })
    return { audience: 'caller', card, facts: previewFacts(preview, warning) }
  },
})

const warningOf = ({ case: { state, world }, engine }: CaseCall<unknown>, waiting: Approval | undefined): string =>
  cannotBeUndone(waiting === undefined ? undefined : waitingCommandOf(waiting)?.verb, {
    state,
    policy: engine.policy.policy,
    world,
  })

function notOnAll(call: CaseCall<unknown>, request: PersonRequest): Refusal | undefined {
  const { actor, at } = call.invocation
  const context = contextOf(call.engine.policy.policy, call.case.world, { actor }, request, at)
  return context && seatInRelease.check(context)
}

function missingFacts(call: CaseCall<unknown>, waiting: Approval): readonly string[] {
  const command = waitingCommandOf(waiting)
  return command === undefined ? [] : missingFactNotes(call, command.verb)
}

/**
 * Shows everything that was shown when the approval was requested. When somebody approves, the texts are rendered again
 * and compared with the texts that were shown.
 */
async function showAll(call: CaseCall<{ readonly part?: string }>, waiting: Approval): Promise<Reply> {
  const sections = readStoredPreview(await call.engine.queries.blobText(waiting.shown)) ?? []
  const preview = { digest: waiting.digest, blob: waiting.shown, sections }
  const card = previewCard({
    state: call.case.state,
    title: `asked: ${approvalInWords(waiting)}`,
    preview,
    ...previewExtent(call),
    warning: warningOf(call, waiting),
    notes: [`${nameOf(call.engine.policy.policy, waiting.by)} asked ${isoInstant(waiting.askedAt)}.`],
    toRead: true,
    action: { label: 'Approve', verb: 'approve', input: { approval: waiting.id, all: 'yes' } },
  })
  return { audience: 'caller', card }
}

function notes(waiting: Approval, asker: string, digest: string): readonly string[] {
  const requestLine = `${asker} asked ${isoInstant(waiting.askedAt)}.`
  return digest === waiting.digest
    ? [requestLine, 'The text below is exactly what was shown then.']
    : [requestLine, 'The text has changed since, so it cannot be approved: request the approval again.']
}

import type { PersonRequest } from '../vocabulary/command.ts'
import type { Remediator } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Context } from '../gates/gate.ts'
import type { Decision } from '../vocabulary/decision.ts'
import { branchesToFix, hasLivePatch } from '../state/stage.ts'
import type { LivePatch } from '../state/fix/state.ts'
import { caseAccepted } from '../gates/case-accepted.ts'
import { patchSubmitted } from '../gates/patch-submitted.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { branchToConfirm } from '../gates/branch-to-confirm.ts'
import { reporterCheck } from '../gates/reporter-check.ts'
import { verifierIsNotAuthor } from '../gates/verifier-is-not-author.ts'
import { withReadiness } from './readiness.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

const CHANGES_ASKED = 'Changes to this patch were requested already.'

type Confirm = Extract<PersonRequest, { verb: 'confirm' }>

/**
 * Records that the current patch is verified, or asks for changes to it. A verification is valid only for the hash of
 * this patch.
 */
export const confirm = defineRequest({
  verb: 'confirm',
  gates: [caseAccepted, patchSubmitted, verifierIsNotAuthor, reporterCheck, publicationNotBegun],
  decide: (context) => {
    const { request, person } = context
    const branch = branchToConfirm(context)
    if (branch?.fix === undefined || branch.fix.is === 'assigned' || person === undefined)
      return refuseUnnamedBranch(context)
    if (!isShown(branch.fix, request)) return anotherPatch(branch.name)
    if (branch.fix.is === 'changes-requested') {
      if (!request.fixed) return nothingToDo(CHANGES_ASKED)
      return waitsForAnother()
    }
    const { sha256 } = branch.fix
    const by: Remediator = { kind: 'person', person: person.id }
    if (!request.fixed) {
      const event: CaseEvent = {
        type: 'ChangesRequested',
        branch: branch.name,
        sha256,
        by,
        reason: request.note ?? 'no reason given',
      }
      return onStreams(withReadiness(context, [event]))
    }
    if (branch.fix.is === 'verified') return nothingToDo('This patch is verified already.')
    const event: CaseEvent = {
      type: 'FixVerified',
      branch: branch.name,
      sha256,
      by,
      ...(request.note === undefined ? {} : { note: request.note }),
    }
    return onStreams(withReadiness(context, [event]))
  },
  inputs: ({ id, branches }) =>
    branches.flatMap((branch) => [
      { verb: 'confirm', case: id, branch, fixed: true },
      { verb: 'confirm', case: id, branch, fixed: true, note: 'because' },
      { verb: 'confirm', case: id, branch, fixed: false, note: 'because' },
    ]),
})

const isShown = ({ sha256 }: LivePatch, { sha256: shown }: Confirm): boolean =>
  shown === undefined || shown.some((beginning) => sha256.startsWith(beginning))

/** Refuses the request, because the caller has not seen the new patch. */
const anotherPatch = (branch: string): Decision =>
  senseless(
    `The patch for ${branch} has been replaced since it was shown.`,
    you('look at the new one, and say whether it fixes the problem', 'confirm'),
  )

/**
 * The answer to a request that names no branch, if the branch cannot be inferred: either no patch waits for
 * verification, or several patches do.
 */
function refuseUnnamedBranch(context: Context<Confirm>): Decision {
  const patches = branchesToFix(context.state).filter(hasLivePatch)
  const waiting = patches.filter(({ fix }) => fix?.is === 'submitted')
  if (waiting.length > 1)
    return senseless(
      'Several patches wait, so name one of them.',
      you(`name one of ${waiting.map(({ name }) => name).join(', ')}`, 'confirm'),
    )
  if (context.request.fixed && patches.every(({ fix }) => fix?.is === 'verified'))
    return nothingToDo('Every submitted patch is verified already.')
  if (patches.length === 1 && patches[0]?.fix?.is === 'changes-requested')
    return context.request.fixed ? waitsForAnother() : nothingToDo(CHANGES_ASKED)
  return senseless('No patch waits to be confirmed.', you('name the branch that you mean', 'confirm'))
}

const waitsForAnother = (): Decision =>
  senseless(
    'Changes to this patch were requested, so a new patch is needed.',
    you('submit the new patch; that one can be confirmed', 'patch'),
  )

import { z } from 'zod'
import type { PersonRequest } from '../vocabulary/command.ts'
import { forOtherCases } from '../gates/for-each-case.ts'
import type { Gate } from '../gates/gate.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { refuse } from '../gates/gate.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { recipientsAfterHold } from '../effects/publication/progress.ts'
import { CaseId } from '../shared/ids.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { defineRequest } from './define-request.ts'

type HoldOff = Extract<PersonRequest, { verb: 'hold.off' }>

const held: Gate = {
  id: 'fits-the-stage',
  check: ({ release }) =>
    release?.held === undefined
      ? refuse('fits-the-stage', 'The release is not on hold.', [
          { who: 'a releaser', how: 'puts it on hold, if it must not go out', verb: 'hold' },
        ])
      : undefined,
}

const GATES: readonly Gate[] = [held, forOtherCases(notTheReporter), forOtherCases(onTheCase)]

export const holdOffTwice: TwoPersonRule<HoldOff> = {
  waits: z.object({ verb: z.literal('hold.off'), case: CaseId }),
  gates: GATES,
  approver: approverByPolicy,
  complete: ({ request }) => request,
  preview: (seen) => {
    const reason = seen.release?.held?.reason
    return [
      `Lets the release of ${listAnd(releaseCases(seen).map(({ id }) => id))} go on.`,
      ...(reason === undefined ? [] : [`The reason for the hold: ${reason}`]),
      ...(seen.release === undefined || recipientsAfterHold(seen.release).length === 0
        ? []
        : ['An earlier step waits for a person, so the recipients are told by mail at once that the embargo is over.']),
      'This does not send the mails that waited: send each again with settle. A publication that was to begin automatically must be approved again.',
    ]
  },
  mails: () => [],
  releaseAt: ({ release }) => release?.at,
  run: ({ release }) =>
    release === undefined
      ? []
      : [{ stream: release.id, events: [{ type: 'ReleaseResumed' }, ...recipientsAfterHold(release)] }],
}

/**
 * Lets a held release go on. Two people must agree, because one person alone might not know why the release was held.
 */
export const holdOff = defineRequest({
  verb: 'hold.off',
  gates: GATES,
  decide: (context) => askForApproval(context, holdOffTwice),
  twoPeople: holdOffTwice,
  inputs: ({ id, release, preview }) => {
    if (release?.held === undefined) return []
    const bare = { verb: 'hold.off', case: id } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

import { z } from 'zod'
import { dropTakesTwo, policyFor, ReleaseId } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { goesOn, releaseCard } from '../cards/release.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { readDateAndRest } from '../text/read-date-and-rest.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import type { Reply } from '../types.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'

export const release = defineCommand({
  verb: 'release',
  summary: 'Several cases, one date: plan a release, add or drop this case, show it',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Release', submit: 'Go on' },
  options: {
    what: z.enum(['plan', 'add', 'drop', 'show']).register(about, { label: 'What' }),
    detail: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, {
        label: 'Date, release or reason',
        hint: 'plan: 2026-07-14 [14:00] [@releaser], in UTC · add: REL-SEC-2026-07-14 · drop: why',
        takes: 'rest',
        shownAs: 'date [@releaser]|release|reason',
        suggests: { by: 'what', of: { add: 'release' } },
      }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, detail } = call.values
    switch (what) {
      case 'plan':
        return plan(call, detail ?? '')
      case 'add':
        return add(call, detail ?? '')
      case 'drop':
        return drop(call, detail)
      case 'show':
        return { audience: 'caller', card: releaseCard(call) }
    }
  },
})

async function plan(call: CaseCall<unknown>, detail: string): Promise<Reply> {
  const { policy } = call.engine.policy
  const read = readDateAndRest(detail, policyFor(policy, call.case.state).releaseWindow.from, [], releaseZones(call))
  if (read === undefined)
    return wrongInput({
      command: call.command,
      setting: call,
      because: `A release is planned with its date: ${dateExample(call, '2026-07-14')}.`,
    })
  const releaser = read.rest === undefined ? undefined : findPerson(policy, call.invocation.place.platform, read.rest)
  if (read.rest !== undefined && releaser === undefined)
    return wrongInput({
      command: call.command,
      setting: call,
      because: `Nobody in the policy is called “${read.rest}”.`,
    })
  return send(
    call,
    {
      verb: 'release.plan',
      case: call.case.id,
      at: read.at,
      ...(releaser === undefined ? {} : { releaser: releaser.id }),
    },
    'The release is planned. Other cases join it in their own channels.',
  )
}

async function drop(call: CaseCall<PreviewValues>, reason: string | undefined): Promise<Reply> {
  const { state, world } = call.case
  const why = reason === undefined ? {} : { reason }
  const request = { verb: 'release.drop', case: call.case.id, ...why } as const
  if (!dropTakesTwo(state, world.release))
    return send(call, request, `Taken out of the release. ${goesOn('The case', state)}`)
  if (reason === undefined)
    return wrongInput({
      command: call.command,
      setting: call,
      because: 'Recipients hold the patches of this case, and they read why it leaves the release: say it in a line.',
    })
  return requestApproval(call, {
    request,
    seat: policyFor(call.engine.policy.policy, state).approvals.by,
    title: 'take this case out of its release',
    notes: ['Nothing has been sent yet. From the question on nothing of this case goes out until it is answered.'],
    style: 'danger',
    input: { what: 'drop', detail: reason },
  })
}

async function add(call: CaseCall<unknown>, detail: string): Promise<Reply> {
  const named = ReleaseId.safeParse(detail.trim().toUpperCase())
  if (!named.success)
    return wrongInput({
      command: call.command,
      setting: call,
      because: 'A release is named like REL-SEC-2026-07-14; the channel of a case in it shows its name.',
    })
  return send(
    call,
    { verb: 'release.add', case: call.case.id, release: named.data },
    'This case goes with that release.',
  )
}

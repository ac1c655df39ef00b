import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { policyPerson, unknownPerson } from '../people/policy-person.ts'
import { readInstant } from '../text/read-instant.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { RELEASER } from './shared/roles.ts'

export const plan = defineCommand({
  verb: 'release.plan',
  summary: 'Plan a release that several cases can join: one date for all',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Plan a release', submit: 'Plan it' },
  options: {
    at: z.string().max(40).register(about, {
      label: 'Date',
      hint: '2026-07-14 or 2026-07-14 14:00, in UTC',
      takes: 'time',
      kind: 'date-time',
      shownAs: 'date',
    }),
    releaser: z
      .string()
      .max(128)
      .exactOptional()
      .register(about, { label: 'Who releases', shownAs: '@releaser', suggests: 'member' }),
  },
  run: async (call) => {
    const { at: typed, releaser: named } = call.values
    const { releaseWindow } = policyFor(call.engine.policy.policy, call.case.state)
    const at = readInstant(typed, releaseWindow.from, [], releaseZones(call))
    if (at === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: `Give the date of the release: ${dateExample(call, '2026-07-14')}.`,
      })
    const releaser = named === undefined ? undefined : policyPerson(call, named)
    if (named !== undefined && releaser === undefined) return unknownPerson(call, named)
    return send(
      call,
      {
        verb: 'release.plan',
        case: call.case.id,
        at,
        ...(releaser === undefined ? {} : { releaser: releaser.id }),
      },
      'The release is planned. Other cases join it in their own channels.',
    )
  },
})

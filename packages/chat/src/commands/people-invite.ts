import { z } from 'zod'
import { personOf, teamRole } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { typedAt } from '../usage.ts'
import { policyPerson, unknownPerson } from '../people/policy-person.ts'
import { TEAM } from './shared/roles.ts'

/**
 * The command with which an invited person joins. The command names the case, because the invited person cannot see the
 * case's channel yet.
 */
const joining = ({ invocation: { place }, case: { id } }: CaseCall<unknown>): string =>
  typedAt({ ...place, case: id }, place.platform === 'terminal' ? 'people join' : `people join ${id}`)

export const invite = defineCommand({
  verb: 'people.invite',
  summary: 'Invite a person to the case, if the policy gives them a role',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Invite', submit: 'Invite' },
  options: {
    person: z.string().max(128).register(about, {
      label: 'Who',
      hint: 'A person to whom the policy gives a role',
      shownAs: '@person',
      suggests: 'newcomer',
    }),
    role: z
      .enum(['admin', 'team', 'maintainer', 'releaser', 'observer'])
      .exactOptional()
      .register(about, { label: 'As', hint: 'If left out: the most powerful role that the policy gives this person' }),
  },
  run: async (call) => {
    const { person: typed, role } = call.values
    const named = policyPerson(call, typed)
    if (named === undefined) return unknownPerson(call, typed)
    const person = personOf(call.engine.policy.policy, named.id) ?? named
    const atOnce = teamRole(person) !== undefined && (role === undefined || role === teamRole(person))
    const sentence =
      person.mail === undefined
        ? `${person.name} has no mail address in the policy. Tell them to type ${joining(call)}`
        : {
            mailed: `${person.name} gets the terms of the embargo by mail.`,
            then: 'When they agree, they are on the case.',
          }
    return send(
      call,
      { verb: 'people.invite', case: call.case.id, person: person.id, ...(role === undefined ? {} : { role }) },
      atOnce ? `${person.name} is on the case.` : sentence,
    )
  },
})

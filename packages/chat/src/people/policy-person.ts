import type { Person } from '@embargo/core'
import { wrongInput } from '../answers.ts'
import type { CaseCall } from '../chat-command.ts'
import type { Reply } from '../types.ts'
import { findPerson } from './find-person.ts'

/** Finds the person in the policy whom the typed text names. A mention means an account on the caller's platform. */
export const policyPerson = (call: CaseCall<unknown>, typed: string): Person | undefined =>
  findPerson(call.engine.policy.policy, call.invocation.place.platform, typed)

export const unknownPerson = (call: CaseCall<unknown>, typed: string): Reply =>
  wrongInput({ command: call.command, setting: call, because: `Nobody in the policy is called “${typed}”.` })

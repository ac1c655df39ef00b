import type { Policy, PolicySource } from '@embargo/core'
import { ANA, BEN, CEM, quillmark } from '@embargo/testkit/policy'

export { ana, ben, cem } from '@embargo/testkit/policy'

/** A project of three on Slack and the terminal, with one list of two. */
export const policyOf = (profile: 'solo' | 'team' = 'team', change: Partial<PolicySource> = {}): Policy =>
  quillmark(profile, { ...(profile === 'solo' ? {} : { people: [ANA, BEN, CEM] }), ...change })

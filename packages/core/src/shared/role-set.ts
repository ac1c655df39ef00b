/** The sets of requests whose roles the policy settles. */
export const POLICY_SETS = ['coordinate', 'contribute', 'publish'] as const
export type PolicySet = (typeof POLICY_SETS)[number]

/**
 * `participate` is for all who act on a case; `answer` is for a person's own answer, which an observer may give too.
 */
export type FixedSet = 'participate' | 'answer'

/** The set that a request belongs to: it says which roles may make it. */
export type RoleSet = PolicySet | FixedSet

/** The sets of requests for which the policy sets the roles. */
export const POLICY_SETS = ['coordinate', 'contribute', 'publish'] as const
export type PolicySet = (typeof POLICY_SETS)[number]

/**
 * `participate`: requests of everybody who acts on a case. `answer`: a person's own answer, which an observer may give
 * too.
 */
export type FixedSet = 'participate' | 'answer'

/** The set that a request belongs to: it says which roles may make it. */
export type RoleSet = PolicySet | FixedSet

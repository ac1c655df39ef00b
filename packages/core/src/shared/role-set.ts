/** The sets of requests for which the policy decides the roles. */
export const POLICY_SETS = ['coordinate', 'contribute', 'publish'] as const
export type PolicySet = (typeof POLICY_SETS)[number]

/**
 * The sets of requests for which the roles are fixed. `participate`: anyone who may act on a case may make them.
 * `answer`: a person's own answers, which even an observer may give.
 */
export type FixedSet = 'participate' | 'answer'

/** The set that a request belongs to. The set decides which roles may make the request. */
export type RoleSet = PolicySet | FixedSet

import type { PolicyInForce } from '@embargo/core'

/** Raised by one when a line of the read model says more, or otherwise, than it did. */
const SHAPE = 6

/** What a line was reckoned by: its times hang on the policy. */
export const projectionVersion = ({ hash }: PolicyInForce): string => `${SHAPE}:${hash}`

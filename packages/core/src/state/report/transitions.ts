import type { RmState } from '../state.ts'

/**
 * The states that can follow each state of report management. They are modelled on Vultron's RM machine. Reopening is
 * not listed, because it starts the whole process again.
 */
export const RM_TRANSITIONS: Readonly<Record<RmState, readonly RmState[]>> = {
  received: ['valid', 'invalid'],
  valid: ['invalid', 'accepted', 'deferred'],
  invalid: ['valid', 'closed'],
  deferred: ['accepted', 'closed'],
  accepted: ['deferred', 'closed'],
  closed: [],
}

/** Whether report management may go from one state to another; staying is always allowed. */
export const rmAllows = (from: RmState, to: RmState): boolean => from === to || RM_TRANSITIONS[from].includes(to)

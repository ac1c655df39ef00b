import type { EmState } from './state.ts'

export type EmMove = 'propose' | 'accept' | 'reject' | 'exit'

/** Embargo management, after Vultron's EM machine. A transition that is not listed does not exist. */
export const EM_TRANSITIONS: Readonly<Record<EmState['is'], Readonly<Partial<Record<EmMove, EmState['is']>>>>> = {
  none: { propose: 'proposed' },
  proposed: { propose: 'proposed', accept: 'active', reject: 'none' },
  active: { propose: 'revise', exit: 'exited' },
  revise: { propose: 'revise', accept: 'active', reject: 'active', exit: 'exited' },
  exited: {},
}

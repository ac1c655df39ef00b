import type { WaivableGate } from '../../shared/gate-id.ts'
import type { CaseContext, WaiverSubject } from '../gate.ts'
import { GATES } from '../index.ts'

export const subjectOf = (gate: WaivableGate, context: CaseContext): WaiverSubject | undefined =>
  GATES[gate].waiverSubject(context)

import { acknowledging } from './acknowledging.ts'
import { assessing } from './assessing.ts'
import { closing } from './closing.ts'
import { confirming } from './confirming.ts'
import { fixing } from './fixing.ts'
import { prenotifying } from './prenotifying.ts'
import { proof } from './proof.ts'
import { releasing } from './releasing.ts'
import { report } from './report.ts'
import type { Scene } from './scene.ts'

/** The case from its first mail to its end. */
export const SCENES: readonly Scene[] = [
  report,
  acknowledging,
  assessing,
  fixing,
  confirming,
  prenotifying,
  releasing,
  closing,
  proof,
]

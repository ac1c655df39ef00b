import { frozen } from './frozen.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** A CVE id is in every text, so it changes before they are approved or after all of them left, not in between. */
export const textsFrozen: Gate = {
  id: 'frozen',
  check: (context) => {
    const { release } = context
    if (release?.startedAt === undefined || release.disclosedAt !== undefined) return frozen.check(context)
    return refuse(
      'frozen',
      'The publication is running, and its texts were approved as they are.',
      nobody('wait until it is finished; every format is written again then'),
    )
  },
}

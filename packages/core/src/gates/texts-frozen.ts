import { frozen } from './frozen.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** A CVE id stands in every text: it may come before they were approved or after all of them left, not in between. */
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

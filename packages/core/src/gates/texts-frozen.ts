import { frozen } from './frozen.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/**
 * Every text contains the CVE id, so the id must not change between the approval of the texts and the sending of the
 * last one.
 */
export const textsFrozen: Gate = {
  id: 'frozen',
  check: (context) => {
    const { release } = context
    if (release?.startedAt === undefined || release.disclosedAt !== undefined) return frozen.check(context)
    return refuse(
      'frozen',
      'The publication is running, and its approved texts cannot change.',
      nobody('wait until the publication is finished; if you reject the id after that, every text is written again'),
    )
  },
}

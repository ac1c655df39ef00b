import type { StepId } from '../../events/release-events.ts'
import { announceMail } from './announce-mail.ts'
import { embargoLifted } from './embargo-lifted.ts'
import { ossSecurityMail } from './oss-security-mail.ts'
import type { Step, StepContext } from './step.ts'
import { thanks } from './thanks.ts'

export type { Step, StepContext } from './step.ts'

/** The steps of a publication, in order (process, section 8). */
const BY_ID = {
  'announce-mail': announceMail,
  'oss-security-mail': ossSecurityMail,
  'embargo-lifted': embargoLifted,
  thanks,
} satisfies { readonly [Id in StepId]: Step }

export const STEPS: readonly Step[] = Object.values(BY_ID)

export const stepOf = (id: StepId): Step => BY_ID[id]

/** The steps that have something to do under today's policy, as shown before the approval. */
export const stepsFor = (context: StepContext): readonly Step[] =>
  STEPS.filter((step) => step.addressees(context).length > 0)

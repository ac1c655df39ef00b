import type { LetterName } from '@embargo/core'
import { LETTERS } from '@embargo/letters'
import type { Letter } from '@embargo/letters'
import type { Deps } from '../deps.ts'
import { remediation } from './remediation.ts'
import { verificationRequest } from './verification-request.ts'
import { verificationNudge } from './verification-nudge.ts'
import { update } from './update.ts'
import { escalation } from './escalation.ts'
import { embargoProposal } from './embargo-proposal.ts'
import { embargoSettled } from './embargo-settled.ts'
import { embargoExpired } from './embargo-expired.ts'
import { recipientExpired } from './recipient-expired.ts'
import { secrecyFailed } from './secrecy-failed.ts'
import { secrecyCorrected } from './secrecy-corrected.ts'
import { leakNotice } from './leak-notice.ts'
import { leakCorrected } from './leak-corrected.ts'
import { addressChanged } from './address-changed.ts'
import { invitation } from './invitation.ts'
import { withCustomText } from './custom-text.ts'
import { asEffectError } from './letter-errors.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'
import { storedContent } from './stored-content.ts'

const HERE: { readonly [N in Exclude<LetterName, keyof typeof LETTERS>]: LetterRenderer } = {
  remediation,
  'verification-request': verificationRequest,
  'verification-nudge': verificationNudge,
  update,
  escalation,
  'embargo-proposal': embargoProposal,
  'embargo-settled': embargoSettled,
  'embargo-expired': embargoExpired,
  'recipient-expired': recipientExpired,
  'secrecy-failed': secrecyFailed,
  'secrecy-corrected': secrecyCorrected,
  'leak-notice': leakNotice,
  'leak-corrected': leakCorrected,
  'address-changed': addressChanged,
  invitation,
}

const isMoved = (name: LetterName): name is keyof typeof LETTERS => Object.hasOwn(LETTERS, name)

/** The words of a letter. @throws CannotPerform, NotNeeded */
export async function renderLetter(
  deps: Pick<Deps, 'blobText' | 'readMail'>,
  name: LetterName,
  material: LetterMaterial,
): Promise<Letter> {
  try {
    if (!isMoved(name)) return await withCustomText(name, await HERE[name].render(material), material)
    const content = await storedContent(deps, LETTERS[name].needs?.(material) ?? {})
    return LETTERS[name].write(material, content)
  } catch (error) {
    throw asEffectError(error)
  }
}

import { takesPatches } from '@embargo/core'
import type { CaseState, MailFrom, MailTrust, MessageId, ReleaseState } from '@embargo/core'
import type { Action, ReadableMail } from '@embargo/engine'

type PatchMail = {
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly message: MessageId
  readonly from: MailFrom
  readonly trust: MailTrust
  readonly automatic: boolean
  readonly mail: Pick<ReadableMail, 'patches'> | undefined
}

/**
 * The button that submits the patch in a mail. It is there only while the case takes patches, and only for a mail from
 * a reporter, because the sender counts as the author of the patch. A mail with several patches gets no button: a
 * person must name the patch.
 */
export function patchButton({ state, release, message, from, trust, automatic, mail }: PatchMail): readonly Action[] {
  const isReporters = from === 'reporter' && trust !== 'failed' && !automatic
  if (mail?.patches?.length !== 1 || !isReporters || !takesPatches(state, release)) return []
  return [{ label: 'Use as patch', verb: 'patch', input: { case: state.id, patch: message }, form: true }]
}

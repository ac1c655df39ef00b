import type { CaseState, MessageId } from '@embargo/core'
import type { Action, ReadableMail } from '@embargo/engine'

/** The button that submits the patch in a mail. With several patches, a person must name one. */
export const useAsPatch = (
  { id, rm }: Pick<CaseState, 'id' | 'rm'>,
  message: MessageId,
  mail: Pick<ReadableMail, 'patches'> | undefined,
): readonly Action[] =>
  mail?.patches?.length === 1 && rm !== 'closed'
    ? [{ label: 'Use as patch', verb: 'patch', input: { case: id, patch: message }, form: true }]
    : []

import type { CaseId, MessageId, Visibility } from '@embargo/core'
import type { Action, ReadableMail } from '@embargo/engine'
import { showsReports } from './chat-visibility.ts'

type FilesOf = {
  readonly id: CaseId
  readonly message: MessageId
  readonly mail: ReadableMail | undefined
  readonly chat: Visibility
}

/** The button that gets the files of a mail. It is shown only if chat may show the whole mail. */
export const getFiles = ({ id, message, mail, chat }: FilesOf): readonly Action[] =>
  mail === undefined || mail.attachments.length === 0 || !showsReports(chat)
    ? []
    : [{ label: 'Get the files', verb: 'read.files', input: { case: id, message } }]

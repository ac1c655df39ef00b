import { BlobId, policyFor, visibilityOf } from '@embargo/core'
import type { CaseState, PersonRequest, Report, Sha256 } from '@embargo/core'
import type { Line } from '@embargo/engine'
import { z } from 'zod'
import { commandIdOf, refusalNow, refuse, wrongInput } from '../../answers.ts'
import { reporterLine } from '../../cards/addressee-line.ts'
import { READABLE, replyPreviewCard } from '../../cards/reply-preview.ts'
import { reporterChoiceCard } from '../../cards/reporter-choice.ts'
import type { CaseCall } from '../../chat-command.ts'
import { about } from '../../option.ts'
import type { Reply } from '../../types.ts'
import { reportOf } from './report-option.ts'
import { previewExtent, partOption } from './preview-options.ts'

/** The most bytes that a UTF-16 unit takes in UTF-8. */
export const BYTES_A_CHARACTER = 3

/**
 * The command options for the text of a mail. `text` is typed, or filled in from the form. `blob` refers to the stored
 * text, and comes with the button of a preview.
 */
export const mailTextOptions = (wording: { readonly most: number; readonly label: string; readonly hint: string }) => ({
  text: z
    .string()
    .max(wording.most)
    .exactOptional()
    .register(about, {
      label: wording.label,
      hint: wording.hint,
      takes: 'rest',
      kind: 'long-text',
      wanted: true,
      orFile: { label: 'Or as a text file', most: wording.most * BYTES_A_CHARACTER },
    }),
  blob: BlobId.exactOptional().register(about, { label: 'Text that was shown', hidden: true, takes: 'named' }),
  part: partOption(),
  change: z.enum(['yes']).exactOptional().register(about, { label: 'Change it', hidden: true, takes: 'named' }),
})

export type MailTextValues = {
  readonly text?: string
  readonly blob?: BlobId
  readonly part?: string
  readonly change?: 'yes'
  readonly report?: string
}

type StoredText = { readonly text: BlobId; readonly sha256: Sha256 }

/**
 * Returns the text once the caller has confirmed it. Before that, returns the reply to show: the form, or a preview of
 * the mail.
 */
export async function confirmMailText(
  call: CaseCall<MailTextValues>,
  wording: {
    readonly kind?: 'question'
    readonly title: string
    /** The question that the preview asks the caller, if it is not the usual question for this recipient. */
    readonly asks?: string
    /** The recipient, if the mail does not go to a reporter. */
    readonly to?: Line
    /** The reports that the mail can be about. If there are several, the caller must choose one. */
    readonly among?: readonly Report[]
    /** The request that would send the mail. If it would be refused, no preview is shown. */
    readonly request: (written: StoredText) => PersonRequest
    /** What the caller should know before the mail is sent. */
    readonly notes?: readonly string[]
    /** Warnings about what the text would give away. */
    readonly warnings?: (text: string) => readonly string[]
    /** Values that are carried, in addition to the text, by the form and by the buttons of the preview. */
    readonly carries?: Readonly<Record<string, string>>
  },
): Promise<StoredText | { readonly reply: Reply }> {
  const { blob, part, change, report } = call.values
  const state: CaseState = call.case.state
  const text = call.values.text ?? (blob === undefined ? undefined : await call.engine.queries.blobText(blob))
  const kept = { ...wording.carries, ...(report === undefined ? {} : { report }) }
  const { among = [] } = wording
  const chat = visibilityOf(policyFor(call.engine.policy.policy, state).chat)
  if (report === undefined && among.length > 1) {
    const written =
      text === undefined ? {} : { blob: (await call.engine.commands.putBlob(state.id, encoded(text))).blob, part: '1' }
    const card = reporterChoiceCard({
      state,
      reports: among,
      chat,
      verb: 'reply',
      input: { ...kept, ...written },
      form: text === undefined,
    })
    return { reply: { audience: 'caller', card } }
  }
  const named = reportOf(state.id, report).report
  const reporter = named === undefined ? among[0] : among.find(({ id }) => id === named)
  if (wording.among !== undefined && named !== undefined && reporter === undefined) {
    const because = `${named} is not one of the reports that you can name here.`
    return { reply: wrongInput({ command: call.command, setting: call, because }) }
  }
  if (text === undefined || change !== undefined) {
    const form = call.command.form({ case: state.id, ...kept, ...(text === undefined ? {} : { text }) })
    return { reply: { form } }
  }
  const stored = await call.engine.commands.putBlob(state.id, encoded(text))
  // A blob's id contains its case and a hash of its content. If the id in the button differs from the id that the same
  // text gets in this case, the button belongs to another case.
  if (blob !== undefined && stored.blob !== blob) {
    const because = 'That text belongs to another case, so it is not sent from here.'
    return { reply: wrongInput({ command: call.command, setting: call, because }) }
  }
  const leaves = { text: stored.blob, sha256: stored.sha256 }
  if (blob !== undefined && part === undefined) return leaves
  const request = wording.request(leaves)
  const refused = refusalNow(call, request)
  if (refused !== undefined) return { reply: refused }
  const { actor, at } = call.invocation
  const mail = await call.engine.commands.previewMail({ commandId: commandIdOf(call.invocation), actor, at, request })
  if ('gate' in mail) return { reply: refuse(call, mail, request) }
  // `isReadable`: the mail would be sent unencrypted, although a reporter other than its reader sent an encrypted mail.
  // `--yes` does not confirm such a mail, so the preview is shown.
  if (call.invocation.confirmed === true && !mail.isReadable) return leaves
  const warnings = wording.warnings?.(text) ?? []
  return {
    reply: {
      audience: 'caller',
      card: replyPreviewCard({
        state,
        ...wording,
        notes: [...(wording.notes ?? []), ...warnings],
        ...(wording.to === undefined && reporter !== undefined ? { to: reporterLine(reporter, chat) } : {}),
        ...previewExtent(call),
        isReadable: mail.isReadable,
        text,
        blob: stored.blob,
        input: kept,
      }),
      facts: {
        is: 'preview',
        digest: stored.sha256,
        warning: ['Mail cannot be called back.', ...(mail.isReadable ? [READABLE] : []), ...warnings].join(' '),
        sections: [{ title: wording.title, text }],
      },
    },
  }
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

import { BlobId } from '@embargo/core'
import type { CaseState, Sha256 } from '@embargo/core'
import type { MailForReading } from '@embargo/engine'
import { z } from 'zod'
import { wrongInput } from '../answers.ts'
import { replyPreviewCard } from '../cards/reply-preview.ts'
import type { CaseCall } from '../define-command.ts'
import { about } from '../option.ts'
import type { Reply } from '../types.ts'
import { howMuch, partOption } from './shown-options.ts'

/** In UTF-8 a UTF-16 unit takes at most so many bytes. */
const BYTES_A_CHARACTER = 3

/** What a text that a person writes and that leaves is carried in, from the form to the button. */
export const writtenOptions = (said: { readonly most: number; readonly label: string; readonly hint: string }) => ({
  text: z
    .string()
    .max(said.most)
    .exactOptional()
    .register(about, {
      label: said.label,
      hint: said.hint,
      takes: 'rest',
      kind: 'long-text',
      wanted: true,
      orFile: { label: 'Or as a text file', most: said.most * BYTES_A_CHARACTER },
    }),
  blob: BlobId.exactOptional().register(about, { label: 'Text that was shown', hidden: true, takes: 'named' }),
  part: partOption(),
  change: z.enum(['yes']).exactOptional().register(about, { label: 'Change it', hidden: true, takes: 'named' }),
})

type Written = {
  readonly text?: string
  readonly blob?: BlobId
  readonly part?: string
  readonly change?: 'yes'
  readonly report?: string
}

/** The text as it was meant, or what the caller sees first: the form, or the text as it would leave. */
export async function writtenText(
  call: CaseCall<Written>,
  said: {
    readonly verb: 'reply' | 'ask' | 'forward'
    readonly title: string
    /** What form and button carry beside the text. */
    readonly carries?: Readonly<Record<string, string>>
    /** Files that go too, and files that came with what is sent and stay here. */
    readonly attachments?: MailForReading['attachments']
    readonly leftOut?: MailForReading['attachments']
  },
): Promise<{ readonly text: BlobId; readonly sha256: Sha256 } | { readonly reply: Reply }> {
  const { blob, part, change, report } = call.values
  const state: CaseState = call.case.state
  const text = call.values.text ?? (blob === undefined ? undefined : await call.engine.blobText(blob))
  const kept = { ...said.carries, ...(report === undefined ? {} : { report }) }
  if (text === undefined || change !== undefined) {
    const form = call.command.form({ case: state.id, ...kept, ...(text === undefined ? {} : { text }) })
    return { reply: { form } }
  }
  const stored = await call.engine.putBlob(state.id, new TextEncoder().encode(text))
  // Content-addressed within a case: another id means that the button's text belongs to another case.
  if (blob !== undefined && stored.blob !== blob) {
    const because = 'That text belongs to another case, so it is not sent from here.'
    return { reply: wrongInput({ command: call.command, setting: call, because }) }
  }
  const meant = (blob !== undefined && part === undefined) || call.invocation.confirmed === true
  if (meant) return { text: stored.blob, sha256: stored.sha256 }
  return {
    reply: {
      audience: 'caller',
      card: replyPreviewCard({ state, ...said, ...howMuch(call), text, blob: stored.blob, input: kept }),
      facts: {
        is: 'preview',
        digest: stored.sha256,
        warning: 'Mail cannot be called back.',
        sections: [{ title: said.title, text }],
      },
    },
  }
}

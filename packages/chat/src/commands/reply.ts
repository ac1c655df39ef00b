import { z } from 'zod'
import { BlobId } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { replyPreviewCard } from '../cards/reply-preview.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { reportOf, reportOption } from './report-option.ts'
import { TEAM } from './who.ts'

/** A mail that a person writes by hand. */
const REPLY_MOST = 20_000

export const reply = defineCommand({
  verb: 'reply',
  summary: 'Mail the reporter: the only text of this channel that leaves',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Write to the reporter', submit: 'Show it' },
  options: {
    report: reportOption(),
    text: z.string().max(REPLY_MOST).exactOptional().register(about, {
      label: 'Text',
      hint: 'This goes out by mail, as it stands',
      takes: 'rest',
      kind: 'long-text',
      wanted: true,
    }),
    blob: BlobId.exactOptional().register(about, { label: 'Text that was shown', hidden: true, takes: 'named' }),
    change: z.enum(['yes']).exactOptional().register(about, { label: 'Change it', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { blob, change, report } = call.values
    const target = reportOf(call.case.id, report)
    const text = call.values.text ?? (blob === undefined ? undefined : await call.engine.blobText(blob))
    const kept = report === undefined ? {} : { report }
    if (text === undefined || change !== undefined) {
      return { form: call.command.form({ case: call.case.id, ...kept, ...(text === undefined ? {} : { text }) }) }
    }
    const stored = await call.engine.putBlob(call.case.id, new TextEncoder().encode(text))
    // Content-addressed within a case: another id means that the button's text belongs to another case.
    if (blob !== undefined && stored.blob !== blob) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'That text belongs to another case, so it is not sent from here.',
      })
    }
    if (blob === undefined && call.invocation.confirmed !== true) {
      return {
        audience: 'caller',
        card: replyPreviewCard({ state: call.case.state, text, blob: stored.blob, input: kept }),
        facts: {
          is: 'preview',
          digest: stored.sha256,
          warning: 'Mail cannot be called back.',
          sections: [{ title: 'Mail to the reporter', text }],
        },
      }
    }
    return send(
      call,
      { verb: 'reply', case: call.case.id, ...target, text: stored.blob, sha256: stored.sha256 },
      'It goes out by mail now.',
    )
  },
})

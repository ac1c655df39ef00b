import { z } from 'zod'
import { CveId } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

type Values = { readonly id?: CveId; readonly link?: string; readonly reason?: string }

/** The request of core for each value of `what`, or a sentence that says what is missing. */
const ASKS = {
  request: (id: CaseId, { link }: Values) => ({ verb: 'cve.request', case: id, ...given({ link }) }) as const,
  set: (id: CaseId, { id: cve, link }: Values) =>
    cve === undefined
      ? 'Give the id, such as CVE-2026-12345.'
      : ({ verb: 'cve.set', case: id, cve, ...given({ link }) } as const),
  published: (id: CaseId, { link }: Values) =>
    link === undefined ? 'Give the link to the public record.' : ({ verb: 'cve.published', case: id, link } as const),
  reject: (id: CaseId, { reason }: Values) =>
    reason === undefined ? 'Say why, in a line.' : ({ verb: 'cve.reject', case: id, reason } as const),
}

const given = ({ link }: { readonly link: string | undefined }) => (link === undefined ? {} : { link })

const SAID = {
  request: 'Recorded: a CVE id is requested. The public texts say that the id is pending.',
  set: 'Recorded. From now on every text names the id.',
  published: 'Recorded: the CVE record is public.',
  reject: 'Recorded: the id is not used.',
} as const

export const cve = defineCommand({
  verb: 'cve',
  summary: 'Record that a CVE id was requested, assigned, published or rejected, with its link',
  about: 'case',
  allowed: TEAM,
  form: { title: 'CVE id', submit: 'Record' },
  options: {
    what: z.enum(['request', 'set', 'published', 'reject']).register(about, {
      label: 'What',
      labels: {
        request: 'The CVE id is requested',
        set: 'The CVE id is assigned',
        published: 'The CVE record is public',
        reject: 'The CVE id is not used',
      },
    }),
    id: z
      .string()
      .transform((text) => text.toUpperCase())
      .pipe(CveId)
      .exactOptional()
      .register(about, { label: 'CVE id', shownAs: 'CVE-…' }),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Link to the request or the record', shownAs: 'link' }),
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Why the id is not used', takes: 'rest' }),
  },
  run: async (call) => {
    const { what, ...values } = call.values
    const request = ASKS[what](call.case.id, values)
    if (typeof request === 'string') return wrongInput({ command: call.command, setting: call, because: request })
    return send(call, request, SAID[what])
  },
})

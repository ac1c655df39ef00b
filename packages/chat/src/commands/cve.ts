import { z } from 'zod'
import { CveId } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

type Values = { readonly id?: CveId; readonly link?: string; readonly reason?: string }

/** The request that each word after `cve` makes, or what it lacks. */
const ASKS = {
  request: (id: CaseId, { link }: Values) => ({ verb: 'cve.request', case: id, ...given({ link }) }) as const,
  set: (id: CaseId, { id: cve, link }: Values) =>
    cve === undefined
      ? 'Name the id, as CVE-2026-12345.'
      : ({ verb: 'cve.set', case: id, cve, ...given({ link }) } as const),
  published: (id: CaseId, { link }: Values) =>
    link === undefined ? 'Give the link to the public record.' : ({ verb: 'cve.published', case: id, link } as const),
  reject: (id: CaseId, { reason }: Values) =>
    reason === undefined ? 'Say why, in a line.' : ({ verb: 'cve.reject', case: id, reason } as const),
}

const given = ({ link }: { readonly link: string | undefined }) => (link === undefined ? {} : { link })

const SAID = {
  request: 'Recorded: a CVE id is asked for. The texts say that it is pending.',
  set: 'Recorded. From now on every text names the id.',
  published: 'Recorded: the CVE record is public.',
  reject: 'Recorded: the id is not used.',
} as const

export const cve = defineCommand({
  verb: 'cve',
  summary: 'Record what you did about the CVE id, with its link',
  about: 'case',
  allowed: TEAM,
  form: { title: 'CVE id', submit: 'Record' },
  options: {
    what: z.enum(['request', 'set', 'published', 'reject']).register(about, {
      label: 'What',
      labels: {
        request: 'It is asked for',
        set: 'The id came',
        published: 'Its record is public',
        reject: 'It is not used',
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
      .register(about, { label: 'Where it can be seen', shownAs: 'link' }),
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Why it is not used', takes: 'rest' }),
  },
  run: async (call) => {
    const { what, ...values } = call.values
    const request = ASKS[what](call.case.id, values)
    if (typeof request === 'string') return wrongInput({ command: call.command, setting: call, because: request })
    return send(call, request, SAID[what])
  },
})

import { z } from 'zod'
import { CORRECTION_REASON_MAX, CorrectionAudience, CveId, policyFor, Severity } from '@embargo/core'
import type { PendingCommand, RequestedChanges } from '@embargo/core'
import type { Action } from '@embargo/engine'
import { wrongInput } from '../answers.ts'
import type { CaseCall, ChatCommand } from '../chat-command.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import type { Reply } from '../types.ts'
import { requestApproval } from './shared/approval-request.ts'
import { lateCve } from './shared/late-cve.ts'
import { readReferences } from './shared/reference-list.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'
import { vectorMistake } from './shared/vectors.ts'
import { readBranches } from './triage-affects.ts'

/**
 * The maximum length of a whole correction as JSON. The button of a preview carries the whole correction, and a button
 * in Slack can carry only 2,000 characters.
 */
const CORRECTION_MAX = 1500

const AUDIENCES: Readonly<Record<CorrectionAudience, string>> = {
  everybody: 'Everybody who was told',
  recipients: 'Recipients and reporter, no public list',
  nobody: 'Nobody',
}

const TOLD: Readonly<Record<CorrectionAudience, string>> = {
  everybody: 'Tell everybody',
  recipients: 'Tell no public list',
  nobody: 'Mail nobody',
}

const text = (most: number) => z.string().max(most).exactOptional()

export const correct = defineCommand({
  verb: 'correct',
  summary: 'Correct what is published: every record gets its next revision',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Correct', submit: 'Show what would change' },
  options: {
    what: z
      .enum(['cve', 'withdraw'])
      .exactOptional()
      .register(about, {
        label: 'What',
        hint: 'If left empty: correct the record',
        labels: { cve: 'Put the CVE id into the records', withdraw: 'Withdraw the record' },
        shownAs: 'cve|withdraw',
      }),
    reason: text(CORRECTION_REASON_MAX).register(about, {
      label: 'What changed and why',
      hint: 'In words for the public: it is in every record',
      takes: 'rest',
      kind: 'long-text',
      shownAs: 'what changed',
      wanted: true,
    }),
    affects: text(1000).register(about, {
      label: 'Affected branches',
      hint: 'Only those that change, one per line: main >= 4.0, < 4.2.7 --fixed-version 4.2.7',
      kind: 'long-text',
      takes: 'named',
      unquoted: true,
      shownAs: 'branch versions; …',
    }),
    severity: z.enum(Severity.options).exactOptional().register(about, { label: 'Severity', takes: 'named' }),
    tell: CorrectionAudience.exactOptional().register(about, {
      label: 'Who gets a mail',
      hint: 'If left empty: everybody if versions or severity change, else nobody',
      labels: AUDIENCES,
      takes: 'named',
    }),
    impact: text(1000).register(about, { label: 'Impact', kind: 'long-text', takes: 'named', unasked: true }),
    component: text(200).register(about, { label: 'Component', takes: 'named', unasked: true }),
    workaround: text(1000).register(about, {
      label: 'Workaround',
      hint: '"none" removes it from the record',
      kind: 'long-text',
      takes: 'named',
      unasked: true,
    }),
    links: text(1000).register(about, {
      label: 'Links',
      hint: 'Only those that change · to add one: article https://… · to remove one: no https://…',
      takes: 'named',
      unquoted: true,
      shownAs: 'kind https://…',
      unasked: true,
    }),
    cvss3: z
      .string()
      .regex(/^CVSS:3\.[01]\//, 'a vector looks like CVSS:3.1/AV:N/AC:L/…')
      .max(200)
      .exactOptional()
      .register(about, { label: 'CVSS v3.1 vector', takes: 'named', shownAs: 'CVSS:3.1/…', unasked: true }),
    cvss4: z
      .string()
      .regex(/^CVSS:4\.0\//, 'a vector looks like CVSS:4.0/AV:N/AC:L/…')
      .max(400)
      .exactOptional()
      .register(about, { label: 'CVSS v4.0 vector', takes: 'named', shownAs: 'CVSS:4.0/…', unasked: true }),
    cwe: z
      .string()
      .transform((word) => word.toUpperCase())
      .pipe(z.string().regex(/^CWE-\d{1,5}$/, 'a weakness looks like CWE-79'))
      .exactOptional()
      .register(about, { label: 'Weakness', takes: 'named', shownAs: 'CWE-…', suggests: 'cwe', unasked: true }),
    waive: text(CORRECTION_REASON_MAX).register(about, {
      label: 'Reason to pass a finding',
      hint: 'Why it is fine to publish the wording that the check found',
      takes: 'named',
      unasked: true,
    }),
    id: CveId.exactOptional().register(about, { label: 'CVE id', hidden: true, takes: 'named' }),
    link: text(2000).register(about, { label: 'Link of the CVE id', hidden: true, takes: 'named' }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, reason, affects, links, tell: chosen, waive, id, link } = call.values
    const passes = waive === undefined ? {} : { waive }
    if (what === 'cve')
      return lateCve(call, {
        ...(id === undefined ? {} : { cve: id }),
        ...(link === undefined ? {} : { link }),
        ...passes,
      })
    if (reason === undefined) return { form: call.command.form(typed(call.values)) }
    if (what === 'withdraw') {
      const tell = chosen ?? 'everybody'
      const request = { verb: 'correct.withdraw', case: call.case.id, reason, tell, ...passes } as const
      return asked(call, { request, title: 'withdrawal', input: { what, reason, ...passes } })
    }
    const branches = readBranches(affects ?? '')
    if (typeof branches === 'string') return wrong(call, branches)
    const references = readReferences(links ?? '')
    if (typeof references === 'string') return wrong(call, references)
    const words = changedWords(call.values)
    const vectors = vectorMistake(call, words)
    if (vectors !== undefined) return wrong(call, vectors)
    const lists = { ...(affects === undefined ? {} : { affects }), ...(links === undefined ? {} : { links }) }
    const input = { reason, ...words, ...passes, ...lists }
    if (JSON.stringify(input).length > CORRECTION_MAX)
      return wrong(call, 'That is too long for one correction. Make two: one for the text, and one for the rest.')
    const isGrave = branches.length > 0 || words.severity !== undefined
    const tell = chosen ?? (isGrave ? 'everybody' : 'nobody')
    const changes = {
      ...words,
      ...(words.workaround === NO_WORKAROUND ? { workaround: '' } : {}),
      ...(branches.length === 0 ? {} : { branches }),
      ...(references.length === 0 ? {} : { references }),
    }
    const request = { verb: 'correct', case: call.case.id, reason, changes, tell, ...passes } as const
    return asked(call, { request, title: 'correction', input })
  },
})

type Correction = {
  readonly request: Extract<PendingCommand, { verb: 'correct' | 'correct.withdraw' }>
  readonly title: string
  readonly input: Readonly<Record<string, string>>
}

/** Shows the correction with one button for each choice of who is told. */
function asked(
  call: CaseCall<PreviewValues> & { readonly command: ChatCommand },
  { request, title, input }: Correction,
): Promise<Reply> {
  const { tell } = request
  const others = CorrectionAudience.options
    .filter((one) => one !== tell)
    .map((one): Action => ({
      label: TOLD[one],
      verb: call.command.verb,
      input: { case: call.case.id, ...input, tell: one },
    }))
  return requestApproval(call, {
    request,
    seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
    title,
    notes: ['Nothing has been changed yet.'],
    style: 'danger',
    input: { ...input, tell },
    others,
  })
}

const wrong = (call: CaseCall<unknown> & { readonly command: ChatCommand }, because: string): Reply =>
  wrongInput({ command: call.command, setting: call, because })

/** If this word is typed as the workaround, the workaround is removed from the record. */
const NO_WORKAROUND = 'none'

const PARTS = ['severity', 'impact', 'component', 'workaround', 'cvss3', 'cvss4', 'cwe'] as const

type Words = Omit<RequestedChanges, 'branches' | 'references'>

/** The parts of the record that the caller gave. */
const changedWords = (values: Words): Words & Readonly<Record<string, string>> =>
  Object.fromEntries(PARTS.flatMap((part) => (values[part] === undefined ? [] : [[part, values[part]]])))

/** The values that were already given, as the form shows them. */
const typed = (values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

import { BlobId, contactOf, missingAgreement, policyFor, Sha256, visibilityOf } from '@embargo/core'
import type { CaseState, ReportId } from '@embargo/core'
import type { Field, Line, ReadableMail } from '@embargo/engine'
import { z } from 'zod'
import { refuse, wrongInput } from '../answers.ts'
import { line, outside, sentence } from '../cards/spans.ts'
import { reporterChoiceCard } from '../cards/reporter-choice.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { requestApproval } from './shared/approval-request.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { TEAM } from './shared/roles.ts'
import { BYTES_A_CHARACTER } from './shared/mail-text.ts'

/** The maximum length of a forwarded text. It is enough for a report with our introduction. */
const FORWARD_MAX = 40_000

export const forward = defineCommand({
  verb: 'party.forward',
  summary: 'Forward a report to the vendor of the affected software, if its reporter agreed',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Forward the report', submit: 'Show it' },
  options: {
    to: z.email('an address looks like security@vendor.example').max(320).exactOptional().register(about, {
      label: 'Their security contact',
      hint: 'If left out: the recorded contact. Never use a public tracker',
      shownAs: 'address',
      suggests: 'vendor',
    }),
    report: reportOption(),
    files: z
      .enum(['with', 'without'])
      .exactOptional()
      .register(about, {
        label: 'The files that came with it',
        hint: 'If left out: sent only if the reporter may be named, as a file can name its author',
        labels: { with: 'Attached as they came', without: 'Not sent' },
        shownAs: 'with|without',
        takes: 'named',
      }),
    text: z
      .string()
      .max(FORWARD_MAX)
      .exactOptional()
      .register(about, {
        label: 'Text',
        hint: 'If left out: the report, after a short introduction',
        takes: 'rest',
        kind: 'long-text',
        wanted: true,
        orFile: { label: 'Or as a text file', most: FORWARD_MAX * BYTES_A_CHARACTER },
      }),
    written: BlobId.exactOptional().register(about, { label: 'Text that was shown', hidden: true, takes: 'named' }),
    change: z.enum(['yes']).exactOptional().register(about, { label: 'Change it', hidden: true, takes: 'named' }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { state } = call.case
    const { files, report, change } = call.values
    const target = reportOf(state.id, report)
    const chat = visibilityOf(policyFor(call.engine.policy.policy, state).chat)
    if (target.report === undefined && state.reports.length > 1)
      return {
        audience: 'caller',
        card: reporterChoiceCard({
          state,
          reports: state.reports,
          chat,
          verb: 'party.forward',
          input: await given(call),
          form: false,
        }),
      }
    const missing = missingAgreement(state, target.report)
    if (missing !== undefined) return refuse(call, missing)
    const to = call.values.to ?? contactOf(state)
    if (to === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'No contact of the other vendor is recorded: give the address with --to.',
      })
    const { came, go } = await filesOf(call, target.report)
    const text = await textOf(call, { ...target, files: go })
    if (text === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'The report of this case cannot be read.' })
    const kept = { to, ...(files === undefined ? {} : { files }), ...(report === undefined ? {} : { report }) }
    if (change !== undefined) return { form: call.command.form({ case: state.id, ...kept, text }) }
    const { blob, sha256 } = await call.engine.commands.putBlob(state.id, new TextEncoder().encode(text))
    // A blob's id contains its case and a hash of its content. The button has such an id. If the
    // id differs from the one that the text gets here, the button belongs to another case.
    if (call.values.written !== undefined && call.values.written !== blob)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'That text belongs to another case, so it is not sent from here.',
      })
    const input = { ...kept, written: blob }
    return requestApproval(call, {
      request: {
        verb: 'party.forward',
        case: state.id,
        ...target,
        to,
        text: blob,
        sha256,
        ...(await heldBy(call, { ...target, files: go }, text)),
        ...(go && came.length > 0 ? { files: came.map((one) => Sha256.parse(one.sha256)) } : {}),
      },
      seat: policyFor(call.engine.policy.policy, state).approvals.by,
      title: 'report to another vendor',
      fields: [{ label: 'To', value: addressLine(state, to) }, ...(go ? [] : stay(came))],
      notes: ['Nothing has been sent yet.'],
      style: 'primary',
      input,
      others: [{ label: 'Change', verb: 'party.forward', input: { case: state.id, ...input, change: 'yes' } }],
    })
  },
})

type Values = PreviewValues & {
  readonly to?: string
  readonly report?: string
  readonly files?: 'with' | 'without'
  readonly text?: string
  readonly written?: BlobId
}

/**
 * The values that the button for forwarding one report carries. If a text was typed already, the text is stored and the
 * button carries its id.
 */
async function given({ case: { state }, engine, values }: CaseCall<Values>): Promise<Readonly<Record<string, string>>> {
  const { to, files, text } = values
  const written =
    text === undefined ? undefined : await engine.commands.putBlob(state.id, new TextEncoder().encode(text))
  return {
    ...(to === undefined ? {} : { to }),
    ...(files === undefined ? {} : { files }),
    ...(written === undefined ? {} : { written: written.blob }),
  }
}

async function textOf(
  call: CaseCall<Values>,
  of: { readonly report?: ReportId; readonly files: boolean },
): Promise<string | undefined> {
  const { text, written } = call.values
  if (text !== undefined) return text
  return written === undefined ? call.engine.texts.forwardText(call.case.id, of) : call.engine.queries.blobText(written)
}

/**
 * Whether the text quotes the report, and whether the text contains the reporter's name, a part of that name, or the
 * reporter's address.
 */
async function heldBy(
  { case: { state }, engine }: CaseCall<Values>,
  of: { readonly report?: ReportId; readonly files: boolean },
  text: string,
): Promise<{ readonly reportIn: boolean; readonly nameIn: boolean }> {
  const report = of.report === undefined ? state.reports[0] : state.reports.find(({ id }) => id === of.report)
  const mail = report === undefined ? undefined : await engine.queries.mail(report.message)
  const words = inWords(text)
  const holds = (part: string | undefined) => part !== undefined && words.includes(inWords(part))
  return {
    reportIn: text === (await engine.texts.forwardText(state.id, of)) || holds(mail?.text),
    nameIn: namesOf(report).some(holds),
  }
}

/**
 * People sign with a part of their name: “Robin”, not “Robin Sample”. Parts of one or two letters are ignored, because
 * such short words occur in any text.
 */
const PART_OF_NAME = /\p{L}{3,}/gu

function namesOf(report: CaseState['reports'][number] | undefined): readonly string[] {
  const { name, address } = report?.identity.value ?? {}
  const whole = [name, address?.split('@')[0]].filter((one) => one !== undefined)
  return [...whole, ...(whole.join(' ').match(PART_OF_NAME) ?? [])]
}

/** Keeps only letters and digits, so that the report is found even in a text that quotes or wraps it differently. */
const inWords = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

const addressLine = (state: CaseState, to: string): Line =>
  line(
    sentence(to),
    contactOf(state)?.toLowerCase() === to.toLowerCase()
      ? ', the contact on record'
      : ', an address that nobody has recorded',
  )

/** Lists the files that are not sent, so that the caller knows they stay here. */
function stay(files: ReadableMail['attachments']): readonly Field[] {
  if (files.length === 0) return []
  const names = files.flatMap(({ name }, index) => [index === 0 ? '' : ', ', outside(name, 'a file')])
  return [
    {
      label: 'Not sent',
      value: line(...names, '. A file may name its author. To send the files too, add "--files with".'),
    },
  ]
}

type Files = { readonly came: ReadableMail['attachments']; readonly go: boolean }

/**
 * The report's attachments, and whether they are forwarded too. By default they are forwarded only if the reporter's
 * name may be forwarded.
 */
async function filesOf(call: CaseCall<Values>, named: ReportId | undefined): Promise<Files> {
  const { reports } = call.case.state
  const report = named === undefined ? reports[0] : reports.find(({ id }) => id === named)
  const mail = report === undefined ? undefined : await call.engine.queries.mail(report.message)
  const files = call.values.files
  return {
    came: mail?.attachments ?? [],
    go: files === undefined ? report?.forwarding === 'named' : files === 'with',
  }
}

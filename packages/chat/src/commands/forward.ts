import { missingYes, Sha256 } from '@embargo/core'
import type { ReportId } from '@embargo/core'
import type { MailForReading } from '@embargo/engine'
import { z } from 'zod'
import { refuse, send, wrongInput } from '../answers.ts'
import { line, sentence } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../define-command.ts'
import { about } from '../option.ts'
import { reportOf, reportOption } from './report-option.ts'
import { TEAM } from './who.ts'
import { writtenOptions, writtenText } from './written-text.ts'

/** A report and what we say before it. */
const FORWARD_MOST = 40_000

export const forward = defineCommand({
  verb: 'forward',
  summary: 'Forward a report to the vendor whose software it is about, with its reporter’s yes',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Forward the report', submit: 'Show it' },
  options: {
    to: z.email('an address looks like security@vendor.example').max(320).register(about, {
      label: 'Their security contact',
      hint: 'From their security.txt or website; never a public tracker',
      shownAs: 'address',
    }),
    report: reportOption(),
    files: z
      .enum(['with', 'without'])
      .exactOptional()
      .register(about, {
        label: 'The files that came with it',
        hint: 'Left out: they go where the reporter is named, since a file may name who made it',
        labels: { with: 'Attached as they came', without: 'Not sent' },
        shownAs: 'with|without',
        takes: 'named',
      }),
    ...writtenOptions({ most: FORWARD_MOST, label: 'Text', hint: 'Left out: the report, with a few words before it' }),
  },
  run: async (call) => {
    const { to, report, blob, part, change, text: typed } = call.values
    const target = reportOf(call.case.id, report)
    const missing = missingYes(call.case.state, target.report)
    if (missing !== undefined) return refuse(call, missing)
    const { came, go } = await filesOf(call, target.report)
    const written =
      typed ?? (blob === undefined ? await call.engine.forwardText(call.case.id, { ...target, files: go }) : undefined)
    if (written === undefined && blob === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'The report of this case cannot be read.' })
    const values = {
      ...(written === undefined ? {} : { text: written }),
      ...(blob === undefined ? {} : { blob }),
      ...(part === undefined ? {} : { part }),
      ...(change === undefined ? {} : { change }),
      ...(report === undefined ? {} : { report }),
    }
    const files = came.length === 0 ? {} : ({ files: go ? 'with' : 'without' } as const)
    const shown = await writtenText(
      { ...call, values },
      {
        verb: 'forward',
        title: 'Report to another vendor',
        to: line(sentence(to)),
        carries: { to, ...files },
        ...(go ? { attachments: came } : { leftOut: came }),
      },
    )
    if ('reply' in shown) return shown.reply
    const sent = go && came.length > 0 ? { files: came.map(({ sha256 }) => Sha256.parse(sha256)) } : {}
    return send(
      call,
      { verb: 'forward', case: call.case.id, to, ...target, ...shown, ...sent },
      'It goes out by mail now.',
    )
  },
})

type Files = { readonly came: MailForReading['attachments']; readonly go: boolean }

/** What came with the report, and whether it goes too: unless somebody says so, only with the reporter's name. */
async function filesOf(
  call: CaseCall<{ readonly files?: 'with' | 'without' }>,
  named: ReportId | undefined,
): Promise<Files> {
  const { reports } = call.case.state
  const report = named === undefined ? reports[0] : reports.find(({ id }) => id === named)
  const mail = report === undefined ? undefined : await call.engine.mail(report.message)
  const said = call.values.files
  return {
    came: mail?.attachments ?? [],
    go: said === undefined ? report?.forwarding === 'named' : said === 'with',
  }
}

import { safeJson } from '@embargo/chat'
import { StreamId } from '@embargo/core'
import type { LogVerdict, RebuildReport } from '@embargo/engine'
import type { CliCommand } from './command.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'

type AuditExport = { readonly events: readonly unknown[]; readonly withheld: number }

/** `embargo audit verify|rebuild|export`. */
export const auditCommand: CliCommand = {
  name: 'audit',
  entry: {
    usage: 'audit verify | rebuild | export',
    summary: 'Check or print the log, or rebuild the list of cases from it',
  },
  uses: [
    {
      usage: 'audit verify [--since <mark>] [--json]',
      summary: 'Show whether the log was altered, or a case removed or rolled back',
    },
    { usage: 'audit rebuild [--json]', summary: 'Rebuild the list of cases from the log, and say what differed' },
    { usage: 'audit export [<stream>]', summary: 'Print the events of the log, each as a line of JSON' },
  ],
  help: {
    options: [
      ['<stream>', 'a case (SEC-2026-0001) or a release (REL-SEC-2026-0001-1); all by default'],
      ['--since <mark>', 'the mark that an earlier check printed, to check that nothing has been removed since'],
      JSON_OPTION,
    ],
    examples: [
      ['audit verify', 'after a restore, or in a nightly job'],
      ['audit export SEC-2026-0001', 'one case, whole'],
    ],
    exits: [
      ['0', 'the log is whole; the rebuilt list is unchanged; or the export is done'],
      ['1', 'the log is not whole; the rebuilt list differed; a stream cannot be read; or the command failed'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, { ask, output }) => {
    const json = args.includes('--json')
    const [what, stream, mark] = args.filter((arg) => arg !== '--json')
    if (what === 'verify') {
      if (stream !== undefined && (stream !== '--since' || mark === undefined))
        throw new CliError('"embargo audit verify" takes only --since, with the mark of an earlier check.')
      const { streams, whole, damaged } = (await ask(
        'verify',
        mark === undefined ? {} : { since: mark.split(',') },
      )) as LogVerdict
      for (const one of streams) output.out(json ? safeJson(one) : verified(one))
      for (const one of damaged)
        output.out(json ? safeJson({ is: 'damaged-row', ...one }) : `${one.table} ${one.row}: DAMAGED: ${one.because}.`)
      if (json) output.out(safeJson({ is: 'whole-log', ...whole }))
      else output.out(wholeInWords(streams, whole, damaged.length))
      return whole.ok && damaged.length === 0 && streams.every((one) => one.ok) ? 0 : 1
    }
    if (what === 'rebuild') {
      const value = (await ask('rebuild', {})) as RebuildReport
      output.out(json ? safeJson(value) : rebuilt(value))
      return isEqual(value) ? 0 : 1
    }
    if (what === 'export') {
      const named = stream === undefined ? undefined : StreamId.safeParse(stream)
      if (named?.success === false)
        throw new CliError(`"${stream}" is not a stream; a stream looks like SEC-2026-0001 or REL-SEC-2026-0001-1.`)
      const { events, withheld } = (await ask(
        'export',
        named === undefined ? {} : { stream: named.data },
      )) as AuditExport
      for (const event of events) output.out(safeJson(event))
      if (withheld > 0)
        output.err(
          `Left out: ${withheld} ${withheld === 1 ? 'case or release' : 'cases and releases'}. You may read a case in which you have a seat, and a release if you have a seat in each of its cases. Anyone who has a seat in a case can let you into it with /people invite.`,
        )
      // A stream that cannot be read is exported as one line with `damaged`. The exit code is then 1.
      return events.some((event) => typeof event === 'object' && event !== null && 'damaged' in event) ? 1 : 0
    }
    throw new CliError(`"embargo audit" takes verify, rebuild or export, not "${what ?? ''}".`)
  },
}

const isEqual = ({ added, removed, changed }: RebuildReport): boolean =>
  added.length + removed.length + changed.length === 0

function rebuilt(value: RebuildReport): string {
  const { lines, added, removed, changed, older } = value
  const differences = `${lines} ${lines === 1 ? 'line' : 'lines'}`
  const listLine = (words: string, streams: readonly string[]): readonly string[] =>
    streams.length === 0 ? [] : [`  ${words}: ${streams.join(', ')}`]
  const refreshed = listLine('Computed again, because the policy or the version of Embargo has changed', older)
  if (isEqual(value))
    return [`The list of cases was rebuilt from the log and is unchanged: ${differences}.`, ...refreshed].join('\n')
  return [
    `The list of cases was rebuilt from the log: ${differences}. It had differed from the log, so something other than Embargo wrote into the database.`,
    ...listLine('Was missing', added),
    ...listLine('Removed, because the log has no such case', removed),
    ...listLine('Differed', changed),
    ...refreshed,
    'Check that the log itself is whole: embargo audit verify',
  ].join('\n')
}

function wholeInWords(streams: LogVerdict['streams'], whole: LogVerdict['whole'], damaged: number): string {
  if (!whole.ok) return `The log as a whole: BROKEN: ${whole.because}. ${RESTORE}`
  if (streams.length === 0)
    return damaged === 0
      ? 'The log is empty: no case yet.'
      : `The log is empty, but there are rows of cases: BROKEN. ${RESTORE}`
  if (damaged > 0 && streams.every((one) => one.ok))
    return `The log is whole, but other rows are damaged, as listed above. "embargo audit rebuild" repairs the list of cases; restore anything else from a backup.`
  // The mark stands for the log as it is now, and a later check compares the log with the mark. For a damaged log no
  // mark is printed, because a later check must not compare with damaged data.
  if (!streams.every((one) => one.ok))
    return `The log as a whole: ${whole.commands} commands, and BROKEN as listed above.`
  return [
    `The log as a whole: ${whole.commands} commands, none missing. Its mark: ${whole.marks.join(',')}`,
    'Keep the mark on another machine. Later, "embargo audit verify --since <mark>" tells whether anything has been removed since.',
  ].join('\n')
}

const RESTORE = 'Stop using this database; restore a backup and compare the two.'

function verified(one: LogVerdict['streams'][number]): string {
  if (one.ok) return `${one.stream}: ${one.events} events, unbroken; head ${one.head}`
  return `${one.stream}: BROKEN at version ${one.version}: ${one.because}. ${RESTORE}`
}

import { addresseeInWords, letterInWords, safeJson, safeLine, safeText } from '@embargo/chat'
import { addresseeKey, instant, dateInWords } from '@embargo/core'
import type { CliCommand } from './command.ts'
import { writeFiles } from './mail-files.ts'
import { JSON_OPTION } from './help.ts'
import { incomingInWords, outgoingInWords, unreadInWords } from './mail-words.ts'
import type { IncomingMail, OutgoingMail, UnreadMail } from './mail-words.ts'
import { CliError } from './output.ts'
import { caseNamed } from './words.ts'

type Mails = {
  readonly came: readonly IncomingMail[]
  readonly went: readonly OutgoingMail[]
  readonly unread: readonly UnreadMail[]
  readonly relays: boolean
}

/** `embargo read mails`: lists received and sent mails, or prints one. */
export const readCommand: CliCommand = {
  name: 'read',
  entry: { usage: 'read mails [<id>] [--json]', summary: 'List the mails that came and went, or print one' },
  uses: [
    { usage: 'read mails [<case>] [--json]', summary: 'List the mails that came and went' },
    { usage: 'read mails <id> [--json]', summary: 'Print one; --json has it exactly as it was on the wire' },
    { usage: 'read mails <id> --files <folder>', summary: 'Write its attachments into a folder' },
  ],
  help: {
    options: [
      ['<case>', 'only the mails of that case'],
      ['<id>', 'as the list names it'],
      ['--files <folder>', 'where the attachments go; nothing there is overwritten, and nothing is opened'],
      JSON_OPTION,
    ],
    examples: [
      ['read mails', 'all of them, with what became of each'],
      ['read mails SEC-2026-0001', 'those of one case'],
    ],
  },
  run: async (args, { ask, output }) => {
    const json = args.includes('--json')
    const [what, named, ...more] = args.filter((arg) => arg !== '--json')
    const [option, folder] = more
    if (what === 'mails' && named !== undefined && option === '--files' && folder !== undefined && more.length === 2)
      return writeFiles({ ask, output }, named, folder)
    if (what !== 'mails' || more.length > 0) throw new CliError('"embargo read" takes mails, and a case or a mail.')
    const about = named === undefined ? undefined : caseNamed(named)
    if (named !== undefined && about === undefined) {
      const { raw } = (await ask('mail-show', { id: named })) as { raw: string }
      // A hostile mail could control a terminal (title, clipboard, hidden lines), even through a pipe, so its escapes
      // are removed. JSON has the whole mail, escaped.
      output.out(json ? safeJson({ raw }) : safeText(raw))
      return 0
    }
    const { came, went, unread, relays } = (await ask('mail-list', about === undefined ? {} : { case: about })) as Mails
    if (json) {
      for (const one of came) output.out(safeJson({ direction: 'in', ...one }))
      for (const one of went) output.out(safeJson({ direction: 'out', ...one }))
      for (const one of unread) output.out(safeJson({ direction: 'in', state: 'unread', ...one }))
      return 0
    }
    output.out(`Came in: ${came.length}`)
    for (const one of came) {
      const written = [one.from ?? one.envelopeFrom, one.subject].flatMap((part) => safeLine(part ?? '') || [])
      output.out(`  ${dateInWords(instant(one.receivedAt))}  ${incomingInWords(one)}`)
      if (written.length > 0) output.out(`    ${written.join(': ')}`)
      output.out(`    embargo read mails ${one.name}`)
    }
    if (unread.length > 0) output.out(`Still in a mailbox: ${unread.length}`)
    for (const one of unread) output.out(`  ${dateInWords(instant(one.receivedAt))}  ${unreadInWords(one)}`)
    output.out(`Outgoing: ${went.length}`)
    for (const one of went) {
      const { letter, to } = one
      const label = `${letterInWords(letter)} to ${addresseeInWords(addresseeKey(to))}`
      output.out(`  ${one.case}  ${label}  ${outgoingInWords(one, relays)}\n    embargo read mails ${one.name}`)
    }
    return 0
  },
}

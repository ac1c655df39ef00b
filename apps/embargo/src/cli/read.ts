import { addresseeInWords, letterInWords, safeJson, safeLine, safeText } from '@embargo/chat'
import { addresseeKey, instant, dateInWords } from '@embargo/core'
import type { CliCommand } from './command.ts'
import { JSON_OPTION } from './help.ts'
import { becameOf, sentOf } from './mail-words.ts'
import type { Came, Went } from './mail-words.ts'
import { CliError } from './output.ts'
import { caseNumber } from './words.ts'

type Mails = { readonly came: readonly Came[]; readonly went: readonly Went[]; readonly relays: boolean }

/** `embargo mail`: what came and what went; `embargo mail show <id>` prints one. */
export const mailCommand: CliCommand = {
  name: 'mail',
  uses: [
    { usage: 'mail [<case>] [--json]', summary: 'List the mails that came and went' },
    { usage: 'mail show <id> [--json]', summary: 'Print one; --json has it exactly as it was on the wire' },
  ],
  help: {
    options: [['<case>', 'only the mails of that case'], ['<id>', 'as the list names it'], JSON_OPTION],
    examples: [
      ['mail', 'all of them, with what became of each'],
      ['mail SEC-2026-0001', 'those of one case'],
    ],
  },
  run: async (args, { ask, output }) => {
    const json = args.includes('--json')
    const [first, second] = args.filter((arg) => arg !== '--json')
    if (first === 'show') {
      if (second === undefined)
        throw new CliError('"embargo mail show" takes the name of a mail: "embargo mail" lists them.')
      const { raw } = (await ask('mail-show', { id: second })) as { raw: string }
      // A hostile mail would drive a terminal (title, clipboard, hidden lines), through a pipe too; JSON has all of it, escaped.
      output.out(json ? safeJson({ raw }) : safeText(raw))
      return 0
    }
    const { came, went, relays } = (await ask(
      'mail-list',
      first === undefined ? {} : { case: caseNumber(first) },
    )) as Mails
    if (json) {
      for (const one of came) output.out(safeJson({ direction: 'in', ...one }))
      for (const one of went) output.out(safeJson({ direction: 'out', ...one }))
      return 0
    }
    output.out(`Came in: ${came.length}`)
    for (const one of came) {
      const written = [one.from ?? one.envelopeFrom, one.subject].flatMap((part) => safeLine(part ?? '') || [])
      output.out(`  ${dateInWords(instant(one.receivedAt))}  ${becameOf(one)}`)
      if (written.length > 0) output.out(`    ${written.join(': ')}`)
      output.out(`    embargo mail show ${one.name}`)
    }
    output.out(`To go out: ${went.length}`)
    for (const one of went) {
      const { letter, to } = one
      const what = `${letterInWords(letter)} to ${addresseeInWords(addresseeKey(to))}`
      output.out(`  ${one.case}  ${what}  ${sentOf(one, relays)}\n    embargo mail show ${one.name}`)
    }
    return 0
  },
}

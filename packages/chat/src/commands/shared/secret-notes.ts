import { secretWords, wordingFindings } from '@embargo/core'
import type { CaseId, PrenotifiedRecipient, WordingProblem } from '@embargo/core'
import type { CaseCall } from '../../chat-command.ts'

const TOLD: Partial<Record<WordingProblem, string>> = {
  channel: 'links to a channel of the team',
  recipient: 'names a recipient',
  case: 'names another case',
  person: 'names a reporter',
}

/** The readers of a mail that a person wrote in their own words. */
export type MailReaders = {
  readonly recipients?: readonly PrenotifiedRecipient[]
  /** Set if the mail goes to a reporter. In a case with only one reporter, the mail may then name that reporter. */
  readonly isReporter?: boolean
}

/**
 * Warns of lines that tell the readers of a mail about other readers, other cases or the team's channels. Nothing is
 * refused, because the writer sees the warning, and the line may be intended.
 */
export function secretNotes(call: CaseCall<unknown>, readers: MailReaders, text: string): readonly string[] {
  const { state, world } = call.case
  const { policy: whole } = call.engine.policy
  const secret = secretWords(whole, state, [])
  const cases = [...secret.cases, ...toldCases(call, readers)]
  const [reader, ...others] = readers.recipients ?? []
  const own = others.length > 0 ? undefined : reader
  const known = whole.prenotification.lists
    .flatMap(({ id, recipients }) => recipients.filter((one) => own?.list === id && own.recipient === one.id))
    .flatMap(({ name, address }) => [name, address])
  const reporters = (world.case ?? state).reports.flatMap(({ identity }) => identity.value ?? [])
  const people =
    readers.isReporter === true && reporters.length < 2
      ? []
      : reporters.flatMap(({ name, address }) => [...(name === undefined ? [] : [name]), address])
  const recipients = secret.recipients.filter((one) => !known.includes(one))
  const lines = text.split('\n')
  return wordingFindings(text, { ...secret, cases, recipients, people }).flatMap(({ problem, line }) => {
    const what = TOLD[problem]
    // The warning has the line's number and not its words, because links in the line must not work in a warning.
    const number = lines.findIndex((one) => one.includes(line.trim())) + 1
    return what === undefined ? [] : [`⚠ The mail ${what}${number === 0 ? '' : `: line ${number}`}.`]
  })
}

/** The cases of the release that the mail may name, because every recipient of the mail was told about them. */
const toldCases = ({ case: { world } }: CaseCall<unknown>, { recipients = [] }: MailReaders): readonly CaseId[] =>
  recipients.length === 0
    ? []
    : (world.release?.cases ?? []).filter((id) =>
        recipients.every(({ cases }) => cases === undefined || cases.includes(id)),
      )

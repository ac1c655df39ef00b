import { layout, oneLine } from '@embargo/core'
import type { Block } from '@embargo/core'
import { dateInWords } from '@embargo/core'

/**
 * A file that goes with a letter: a text of ours, or the unchanged bytes of a received file. The composer encodes it.
 */
export type LetterAttachment = { filename: string; contentType: string; content: string | Uint8Array }

/**
 * A mail in words, before it has headers. `automatic`: a program wrote and sent it without a person, so the composer
 * adds `Auto-Submitted` (RFC 3834 section 5).
 */
export type Letter = {
  subject: string
  text: string
  attachments: readonly LetterAttachment[]
  automatic: boolean
}

/**
 * Who signs the letter. A person is shown under the name that the policy gives them, never with an address of their
 * own.
 */
export type Sender =
  | { kind: 'team'; address: string }
  | { kind: 'person'; name: string; address: string }
  | { kind: 'solo'; name: string; address: string }

/** The common fields of letters: the case, the project, the signer, and the reader's time zone if it is known. */
export type LetterBase = {
  caseNumber: string
  project: string
  from: Sender
  /** The instant of writing, epoch milliseconds. */
  now: number
  /** The reader's IANA time zone, where it is known. */
  zone?: string | undefined
}

/**
 * The end of the embargo (epoch milliseconds), or `none` if no embargo is in force. `free`: the embargo does not bind
 * the reader. `named`: `end` is a date that a reporter proposed and the team has not accepted. It is earlier than the
 * end that both sides agreed on.
 */
export type EmbargoTerms = { end: number; free?: boolean; named?: boolean } | 'none'

/** What keeps the reader silent: the embargo (`bound`), our request (`asked`), or nothing any longer (`over`). */
export type Secrecy = 'bound' | 'asked' | 'over'

/**
 * Asks a reporter to keep the secret, and says that they are not bound: their own embargo was over when their report
 * was found to be a duplicate.
 */
export const requestForSilence = (end: number, base: LetterBase): string =>
  `The embargo on your own report is over, and no embargo binds you. But another report of the same vulnerability is under embargo until ${date(end, base)}. We ask you to keep this between us until then, or until the fix is public.`

/**
 * Puts a letter together. The subject names the case by its number, never by a title. The text has the blocks and
 * the signature.
 */
export function letter(input: {
  base: LetterBase
  about: string
  blocks: readonly (Block | undefined)[]
  automatic: boolean
  attachments?: readonly LetterAttachment[]
  /** All case numbers for the subject, if there are more than the letter's own. */
  cases?: readonly string[]
  /** False if a person wrote the text, including a greeting. */
  greeting?: boolean
}): Letter {
  const numbers = input.cases ?? [input.base.caseNumber]
  const greeting = input.greeting === false ? undefined : 'Hello,'
  return {
    subject: oneLine(`[${numbers.join(', ')}] ${input.about}`),
    text: `${layout([greeting, ...input.blocks])}\n\n${signature(input.base)}\n`,
    attachments: input.attachments ?? [],
    automatic: input.automatic,
  }
}

/** A date for the reader of this letter: UTC first, then their own time. */
export function date(instant: number, base: Pick<LetterBase, 'zone'>): string {
  return dateInWords(instant, { zone: base.zone })
}

/** The signature: who signs, and the address in `from`, which is never a person's own address. */
export function signature({ project, from }: Pick<LetterBase, 'project' | 'from'>): string {
  return ['-- ', oneLine(signer(project, from)), oneLine(from.address)].join('\n')
}

function signer(project: string, from: Sender): string {
  switch (from.kind) {
    case 'team':
      return `The ${project} security team`
    case 'person':
      return `${from.name}, for the ${project} security team`
    case 'solo':
      return `${from.name}, maintainer of ${project}`
  }
}

/** Names in a sentence: `main`, `main and 4.2`, `main, 4.2 and 3.9`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1)
  if (last === undefined) return ''
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

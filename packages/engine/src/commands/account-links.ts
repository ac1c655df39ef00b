import { PEOPLE } from '@embargo/core'
import type { Actor, CommandId, Instant, Platform, Refusal } from '@embargo/core'
import type { CommandResult } from './command.ts'
import type { Deps } from '../deps.ts'
import type { KeyVault } from '../ports/key-vault.ts'
import type { LinkAttempts } from './link-attempts.ts'

type PersonActor = Extract<Actor, { kind: 'person' }>

/** Crockford's base 32 alphabet. It has no I, L or O, which look like digits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A code has 40 bits, and is valid for ten minutes and a few tries. It is harder to guess than RFC 8628 section 6.1
 * requires: https://www.rfc-editor.org/rfc/rfc8628#section-6.1
 */
const CODE_LETTERS = 8

/**
 * The length of the word that people compare on two screens. If the wrong account typed the code, the two words are
 * equal only with a probability of one in a million.
 */
const WORD_LETTERS = 4

export type LinkCode = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly refusal: Refusal }

export type LinkClaim =
  /** `word` is shown on both screens. `note` is set if nothing changed, and says why. */
  | { readonly ok: true; readonly word: string; readonly askedOn: Platform; readonly note?: string }
  | { readonly ok: false; readonly refusal: Refusal }

/** An account that typed the caller's code. It is shown to the caller, who must confirm it. */
export type PendingLink = { readonly platform: Platform; readonly account: string; readonly word: string }

export type LinkRequest = { readonly actor: PersonActor; readonly commandId: CommandId; readonly at: Instant }

/**
 * Makes a one-time code from the id of the command and the master key. If the same command is delivered twice, both
 * deliveries show the same code.
 */
export async function askLink(deps: Deps, { actor, commandId, at }: LinkRequest): Promise<LinkCode> {
  const code = lettersOf(deps.keys, `code:${commandId}`, CODE_LETTERS)
  const mark = markOf(deps.keys, code)
  const answered = await deps.handle({
    commandId,
    actor,
    at,
    request: { verb: 'link-ask', stream: PEOPLE, mark },
    typed: 'link',
  })
  return answered.ok ? { ok: true, code: `${code.slice(0, 4)}-${code.slice(4)}` } : refused(answered)
}

/** Handles the code that another account typed. The command contains only the keyed hash of the code. */
export async function claimLink(
  deps: Deps,
  attempts: LinkAttempts,
  request: LinkRequest & { readonly code: string },
): Promise<LinkClaim> {
  const { actor, commandId, at, code } = request
  const mark = markOf(deps.keys, plain(code))
  const attempt = { account: actor, mark }
  const exceeded = attempts.exceeded(attempt, at)
  if (exceeded !== undefined) return { ok: false, refusal: TOO_MANY[exceeded] }
  const answered = await deps.handle({
    commandId,
    actor,
    at,
    request: { verb: 'link-claim', stream: PEOPLE, mark },
    typed: mark,
  })
  if (!answered.ok) {
    if (!answered.repeated) attempts.record(attempt, at)
    return refused(answered)
  }
  const offer = Object.values(deps.people.state?.offers ?? {}).find((one) => one.mark === mark)
  return {
    ok: true,
    word: wordOf(deps.keys, mark, actor),
    askedOn: offer?.platform ?? actor.platform,
    ...(answered.note === undefined ? {} : { note: answered.note }),
  }
}

/**
 * The account that typed the caller's code; undefined if no account typed the code, or if the link can no longer be
 * confirmed.
 */
export async function pendingLink(deps: Deps, actor: PersonActor, at: Instant): Promise<PendingLink | undefined> {
  await deps.people.refresh()
  const offer = actor.person === undefined ? undefined : deps.people.state?.offers[actor.person]
  if (offer?.claimed === undefined || offer.until <= at) return undefined
  const { platform, account } = offer.claimed
  return { platform, account, word: wordOf(deps.keys, offer.mark, offer.claimed) }
}

const refused = ({ refusal }: Extract<CommandResult, { ok: false }>) => ({ ok: false, refusal }) as const

const TOO_MANY: Readonly<Record<'account' | 'code', Refusal>> = {
  account: {
    gate: 'makes-sense',
    because: 'This account typed too many wrong codes.',
    facts: {},
    liftedBy: [{ who: 'you', how: 'try again in ten minutes, with a new code' }],
  },
  code: {
    gate: 'makes-sense',
    because: 'Too many accounts typed this code.',
    facts: {},
    liftedBy: [{ who: 'you', how: 'ask for another code, from the account that Embargo knows', verb: 'link' }],
  },
}

const markOf = (keys: KeyVault, code: string): string =>
  Buffer.from(keys.mac('account-link', `mark:${code}`)).toString('hex')

const wordOf = (
  keys: KeyVault,
  mark: string,
  { platform, account }: Pick<PersonActor, 'platform' | 'account'>,
): string => lettersOf(keys, `word:${mark}:${platform}:${account}`, WORD_LETTERS)

/** A byte has eight times as many values as there are letters, so every letter is equally likely. */
const lettersOf = (keys: KeyVault, text: string, count: number): string =>
  [...keys.mac('account-link', text).slice(0, count)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('')

/**
 * Undoes changes that people make when they copy a code: lower case, spaces, and letters in place of digits that look
 * like them.
 */
const plain = (code: string): string =>
  code
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .slice(0, CODE_LETTERS * 2)

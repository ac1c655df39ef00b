import type { CaseState, Report } from '@embargo/core'
import { createKey, parse, protectMail } from '@embargo/mail'
import type { NewKey, OwnKey, ParsedMail } from '@embargo/mail'
import { CASE, createHouse, mailBytes, REPORTER, START } from '../house.ts'
import type { House, MailText } from '../house.ts'
import { submit } from '../story.ts'
import { storeConfirmedKey } from './project-key.ts'

export const YEAR = 365 * 24 * 60 * 60 * 1_000

export const keyOf = (name: string, address: string, until = 2 * YEAR): Promise<NewKey> =>
  createKey({ name, address, at: START - YEAR, expiresAt: START + until })

export const rea = await keyOf('Rea', REPORTER)
export const otherKey = await keyOf('Rea', REPORTER)

/** A project with its own key. Somebody has confirmed that copies of the key are stored elsewhere. */
export async function keyedHouse(
  options: Parameters<typeof createHouse>[0] = {},
): Promise<{ readonly house: House; readonly own: OwnKey }> {
  const house = createHouse(options)
  return { house, own: await storeConfirmedKey(house) }
}

export const autocrypt = (key: Pick<OwnKey, 'public'>, address = REPORTER): string =>
  `Autocrypt: addr=${address}; keydata=${Buffer.from(key.public).toString('base64')}`

type ReporterMail = MailText & { readonly key?: OwnKey; readonly carries?: OwnKey; readonly sealed?: boolean }

/** The reporter sends a signed mail, encrypted to the project unless `sealed` is false. */
export async function sendProtectedMail(
  { house, own }: Awaited<ReturnType<typeof keyedHouse>>,
  sent: ReporterMail = {},
): Promise<void> {
  const { key = rea, carries, sealed = true } = sent
  const headers = [...(sent.headers ?? []), ...(carries === undefined ? [] : [autocrypt(carries)])]
  const plain = mailBytes({ ...sent, headers })
  const protection = sealed
    ? ({ is: 'encrypted', to: [own.public], signer: key.secret } as const)
    : ({ is: 'signed', signer: key.secret } as const)
  await house.receive(sent, await protectMail(plain, protection, house.clock.now()))
}

export const report = ({ reports: [first] }: CaseState): Report => {
  if (first === undefined) throw new Error('no report')
  return first
}

export const signaturesOf = (state: CaseState) => state.messages.map(({ checks }) => checks?.signature.is)

/** The last mail that was sent, decrypted with the key of `reader`. `own`: the key that checks the signature. */
export async function openLastMail(house: House, reader: OwnKey | undefined, own?: OwnKey): Promise<ParsedMail> {
  const raw = house.relay.mails.at(-1)?.raw
  if (raw === undefined) throw new Error('nothing left')
  const keyring = {
    own: async () => (reader === undefined ? [] : [reader.secret]),
    find: async () => (own === undefined ? [] : [own.public]),
  }
  return parse(raw, { keyring, at: house.clock.now() })
}

export const lastMailSource = (house: House): string => new TextDecoder().decode(house.relay.mails.at(-1)?.raw)

export async function replyToReporter(house: House, text = 'Which version is it?'): Promise<void> {
  const { blob, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(text))
  await submit(house, 'ana', { verb: 'reply', case: CASE, text: blob, sha256 })
  await house.drain()
}

/** The mail that waits for a person. */
export function waitingMail({ parked }: CaseState): CaseState['parked'][number] {
  const last = parked.at(-1)
  if (last === undefined) throw new Error('nothing waits')
  return last
}

export const digits = (key: OwnKey): string => key.fingerprint.slice(-8)

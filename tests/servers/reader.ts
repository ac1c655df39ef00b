import { setTimeout as pause } from 'node:timers/promises'
import { instant } from '@embargo/core'
import type { ArrivingMail } from '@embargo/engine'
import { connectMailbox, keepMailbox } from '@embargo/mail-bridge'
import type { MailboxAddress } from '@embargo/mail-bridge'
import { MemoryCursors } from '../../apps/mail-bridge/test/fake-mailbox.ts'
import type { Dovecot } from './dovecot.ts'
import { until } from './programs.ts'

export const OWN = 'security@quillmark.example'

/** A mailbox that cannot be reached is tried again after this time. In the real program, the pause grows to minutes. */
const AGAIN_MS = 100

/** Reading a full mailbox takes a while on a busy machine. */
const WAIT_MS = 90_000

/** Embargo's reader of mailboxes, which runs until it is disposed. */
export type Reader = AsyncDisposable & {
  readonly mails: readonly ArrivingMail[]
  /** The messages that people would get about problems of the mailbox, the newest last. */
  readonly troubles: readonly string[]
  /** Waits until this many mails were taken. */
  taken(count: number): Promise<readonly string[]>
  /** Waits until people would be told about a problem. */
  trouble(): Promise<string>
}

type Options = Partial<MailboxAddress> & {
  readonly cursors?: MemoryCursors
  readonly since?: number
  readonly returnPath?: 'trust'
}

export const passwordOf =
  ({ password }: Dovecot): MailboxAddress['login'] =>
  async () => ({ pass: password })

export function readMailbox(
  dovecot: Dovecot,
  { cursors = new MemoryCursors(), since, returnPath, ...change }: Options,
): Reader {
  const over = new AbortController()
  const troubles: string[] = []
  const silent = (): void => undefined
  const address: MailboxAddress = {
    host: 'localhost',
    port: dovecot.imapPort,
    tls: 'plain',
    user: dovecot.user,
    login: passwordOf(dovecot),
    ...change,
  }
  const loop = keepMailbox(
    {
      connect: async () => connectMailbox(address),
      mailbox: `${dovecot.user}@localhost`,
      addresses: [OWN],
      ...(since !== undefined && { since: instant(since) }),
      ...(returnPath && { returnPath }),
      cursors,
      quota: { isKnown: async () => false, refuses: async () => undefined, stored: silent },
      clock: { now: () => instant(Date.now()) },
      log: { info: silent, warn: silent, error: silent },
      outages: { works: silent, fails: (_, { why }) => void troubles.push(why) },
      sleep: async (_, signal) => pause(AGAIN_MS, undefined, { signal }).catch(silent),
    },
    over.signal,
  )
  return {
    mails: cursors.mails,
    troubles,
    taken: async (count) =>
      until(
        () => (cursors.mails.length >= count ? subjects(cursors.mails) : undefined),
        () => `${count} mails; ${cursors.mails.length} came. ${troubles.at(-1) ?? ''}`,
        WAIT_MS,
      ),
    trouble: async () =>
      until(
        () => troubles.at(-1),
        () => 'a trouble with the mailbox',
      ),
    async [Symbol.asyncDispose]() {
      over.abort()
      await loop
    },
  }
}

export const subjects = (mails: readonly Pick<ArrivingMail, 'raw'>[]): readonly string[] =>
  mails.map(({ raw }) => /^Subject: (.*?)\r?$/mu.exec(Buffer.from(raw).toString())?.[1] ?? '')

/** A mail for the mailbox. */
export const mailOf = (subject: string): string =>
  [
    'From: Robin <robin@sample.example>',
    `To: ${OWN}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@sample.example>`,
    '',
    `There is a hole: ${subject}.`,
    '',
  ].join('\r\n')

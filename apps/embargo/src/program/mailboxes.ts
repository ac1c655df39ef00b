import type { MailboxConfig } from '@embargo/config'
import type { Project } from '@embargo/core'
import type { Clock, Log, MailboxCursors, MailQuota } from '@embargo/engine'
import { connectMailbox, keepMailbox } from '@embargo/mail-bridge'
import type { MailboxAddress, MailboxOutages } from '@embargo/mail-bridge'
import type { TokenSources } from './mail-login.ts'

type Parts = {
  readonly projects: readonly Pick<Project, 'id' | 'address'>[]
  readonly cursors: MailboxCursors
  readonly quota: MailQuota
  readonly clock: Clock
  readonly log: Log
  readonly outages: MailboxOutages
  readonly tokens: TokenSources
  readonly crashPoint?: (name: string) => Promise<void>
}

function loginOf({ login }: MailboxConfig, tokens: TokenSources): MailboxAddress['login'] {
  if (login.is === 'password') return async () => ({ pass: login.password.reveal() })
  const source = tokens(login)
  return async (refused) => ({ accessToken: await source.token(refused) })
}

/**
 * The name of a mailbox, as people see it. Its cursors (up to where each folder was read) are stored under the same
 * name.
 */
export const mailboxName = ({ user, host }: Pick<MailboxConfig, 'user' | 'host'>): string => `${user}@${host}`

/** Reads each mailbox until the signal aborts. */
export function readMailboxes(
  mailboxes: readonly MailboxConfig[],
  { projects, cursors, quota, clock, log, outages, tokens, crashPoint }: Parts,
  signal: AbortSignal,
): readonly Promise<void>[] {
  return mailboxes.map((mailbox) => {
    const { host, port, tls, user, since, returnPath } = mailbox
    const login = loginOf(mailbox, tokens)
    return keepMailbox(
      {
        connect: () => connectMailbox({ host, port, tls, user, login }),
        mailbox: mailboxName(mailbox),
        addresses: projects.filter(({ id }) => mailbox.projects.includes(id)).map(({ address }) => address),
        ...(since !== undefined && { since }),
        ...(returnPath !== undefined && { returnPath }),
        cursors,
        quota,
        clock,
        log,
        outages,
        ...(crashPoint && { crashPoints: crashPoint }),
      },
      signal,
    )
  })
}

import { MINUTE } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { realSleep } from '@embargo/engine'
import type { Outages, Sleep } from '@embargo/engine'
import { isRefused, mailboxTrouble, spamFolderClosed } from './mailbox-trouble.ts'
import type { MailboxTrouble } from './mailbox-trouble.ts'
import { MAX_UNREAD, readFolder } from './read-folder.ts'
import type { FolderReading } from './read-folder.ts'
import type { MailboxFolder, MailboxSession } from './session.ts'

export type MailboxOptions = Omit<FolderReading, 'session' | 'broken' | 'tried' | 'ahead' | 'waiting'> & {
  readonly connect: () => Promise<MailboxSession>
  readonly outages: MailboxOutages
  readonly sleep?: Sleep
}

/**
 * We look for new mail this often even if the server announces none, because servers often announce it late or not at
 * all.
 */
const POLL_MS = MINUTE

/**
 * The pauses before a mailbox is tried again, after the first failure in a row, the second, and so on. The last pause
 * repeats.
 */
const AGAIN_MS: readonly number[] = [2_000, 15_000, MINUTE, 5 * MINUTE]

/**
 * Reads one mailbox until the signal aborts. Reads it at once, then when new mail may have come, and at least each
 * minute. After a failure, reads it again after a pause.
 */
export async function keepMailbox(options: MailboxOptions, signal: AbortSignal): Promise<void> {
  const { connect, outages, log, mailbox, sleep = realSleep } = options
  const kept = {
    broken: new Map<string, number>(),
    tried: new Map<string, Instant>(),
    ahead: new Set<string>(),
    waiting: new Set<string>(),
  }

  let saidNoSpamFolder = false

  /** Reads a folder. Returns what is wrong with it, if the trouble concerns only this folder. */
  async function read(session: MailboxSession, folder: MailboxFolder): Promise<MailboxTrouble | undefined> {
    try {
      const result = await readFolder({ ...options, ...kept, session }, folder, signal)
      return result === 'unread-full' ? unreadFull(folder) : undefined
    } catch (error) {
      if (!folder.spam || !isRefused(error)) throw error
      log.warn('the spam folder of a mailbox cannot be opened', { folder: folder.path })
      return spamFolderClosed(folder.path)
    }
  }

  type OnRead = (folders: readonly MailboxFolder[], trouble: MailboxTrouble | undefined) => void

  async function readUntilItEnds(onRead: OnRead): Promise<void> {
    await using session = await connect()
    const folders = await session.folders()
    const [inbox] = folders
    if (!saidNoSpamFolder && !folders.some(({ spam }) => spam)) {
      saidNoSpamFolder = true
      log.warn('no spam folder was found in a mailbox, so reports that the mail server takes for spam are not read', {
        server: mailbox.slice(mailbox.lastIndexOf('@') + 1),
      })
    }
    while (!signal.aborted) {
      let trouble: MailboxTrouble | undefined
      for (const folder of folders) {
        const found = await read(session, folder)
        trouble ??= found
      }
      onRead(folders, trouble)
      if (inbox !== undefined) await session.wait(inbox.path, POLL_MS, signal)
    }
  }

  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await readUntilItEnds((folders, trouble) => {
        failures = 0
        if (trouble === undefined) outages.works(mailbox, folders)
        else outages.fails(mailbox, trouble)
      })
    } catch (error) {
      const trouble = mailboxTrouble(error)
      log.warn('a mailbox cannot be read now; Embargo tries again', { why: trouble.why })
      outages.fails(mailbox, trouble)
      await sleep(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? MINUTE, signal)
    }
  }
}

const unreadFull = ({ spam }: MailboxFolder): MailboxTrouble => ({
  why: `${MAX_UNREAD} mails in ${spam ? 'the spam folder' : 'INBOX'} could not be read, and neither could some later ones. Embargo tries all of these again, and still reads new mails. "embargo read mails" lists the ${MAX_UNREAD}: move the unneeded ones to another folder.`,
  passing: true,
})

export type MailboxOutages = {
  works(mailbox: string, folders: readonly MailboxFolder[]): void
  fails(mailbox: string, trouble: MailboxTrouble): void
}

/** How the last reading of a mailbox ended: the folders that were read, or what was wrong. */
export type MailboxState = { readonly folders: readonly MailboxFolder[] } | { readonly trouble: MailboxTrouble }

/**
 * All mailboxes share one outage. It is over when all of them can be read again. `state`: undefined if the mailbox was
 * not read yet.
 */
export function mailboxOutages(
  outages: Outages,
): MailboxOutages & { state(mailbox: string): MailboxState | undefined } {
  const states = new Map<string, MailboxState>()
  const tell = (): void => {
    const failing = [...states].flatMap(([mailbox, state]) =>
      'trouble' in state ? [{ mailbox, ...state.trouble }] : [],
    )
    if (failing.length === 0) return outages.resolve({ outside: 'mailbox', what: 'all', by: 'connection' })
    const why = failing.map((one) => `${one.mailbox}: ${one.why}`).join(' ')
    const passing = failing.every((one) => one.passing)
    outages.report({ outside: 'mailbox', what: 'all', why, by: 'connection', passing })
  }
  return {
    works(mailbox, folders) {
      states.set(mailbox, { folders })
      tell()
    },
    fails(mailbox, trouble) {
      states.set(mailbox, { trouble })
      tell()
    },
    state: (mailbox) => states.get(mailbox),
  }
}

import { instant } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { readFolder } from '../src/imap/read-folder.ts'
import type { FolderReading } from '../src/imap/read-folder.ts'
import { FakeMailbox, MemoryCursors } from './fake-mailbox.ts'

export const OWN = 'security@lantern.example'
export const NOW = 1_000_000_000

/** A mailbox in memory that nobody has read yet. */
export function place(change: Partial<FolderReading> = {}) {
  const mailbox = new FakeMailbox()
  const cursors = new MemoryCursors()
  const points: string[] = []
  let now = NOW
  const kept = {
    broken: new Map<string, number>(),
    tried: new Map<string, Instant>(),
    ahead: new Set<string>(),
    waiting: new Set<string>(),
  }
  const read = async (folder = 'INBOX') =>
    readFolder(
      {
        session: mailbox.session(),
        mailbox: 'box@imap.example',
        addresses: [OWN, 'security@kiln.example'],
        cursors,
        quota: { isKnown: async () => false, refuses: async () => undefined, stored: () => undefined },
        clock: { now: () => instant(now) },
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        ...kept,
        crashPoints: (name) => void points.push(name),
        ...change,
      },
      { path: folder, spam: folder === 'Junk' },
      new AbortController().signal,
    )
  return {
    mailbox,
    cursors,
    points,
    read,
    restart: () => {
      kept.ahead.clear()
      kept.waiting.clear()
    },
    later: (milliseconds: number) => void (now += milliseconds),
    subjects: () => cursors.mails.map(({ raw }) => /Subject: (.*)\r/u.exec(Buffer.from(raw).toString())?.[1]),
    cursor: () => cursors.cursors.get('box@imap.example INBOX'),
  }
}

/** A test setup with a mailbox that was read once while it was empty. */
export async function connected(change: Partial<FolderReading> = {}) {
  const house = place(change)
  await house.read()
  return house
}

import { createHash } from 'node:crypto'
import { instant, MessageId } from '@embargo/core'
import type { ArrivingMail, MailboxCursor, MailboxCursors } from '@embargo/engine'
import type { FolderState, MailboxSession } from '../src/imap/session.ts'

export type FakeMail = {
  readonly uid: number
  readonly raw: string
  readonly at?: number
  /** The size that the server claims. */
  readonly bytes?: number
  /**
   * What happens when the mail is fetched. `none`: the server sends no bytes. `breaks`: the server ends the connection.
   */
  gives?: 'none' | 'breaks'
}

type Folder = { uidValidity: number; uidNext?: number; mails: FakeMail[] }

/**
 * Replaces the IMAP library and one mailbox. A test may change its folders and mails at any time, as people do in a
 * real mailbox.
 */
export class FakeMailbox {
  readonly folders = new Map<string, Folder>([['INBOX', { uidValidity: 1, mails: [] }]])
  /** The requests that the mailbox got, in order. */
  readonly asked: string[] = []
  /** Called before each request. */
  before: (question: string) => void = () => undefined
  #open = 'INBOX'

  get inbox(): Folder {
    return this.folderAt('INBOX')
  }

  folderAt(path: string): Folder {
    const found = this.folders.get(path)
    if (found === undefined) throw new Error(`there is no folder ${path}`)
    return found
  }

  receive(uid: number, text: string, more: Partial<FakeMail> = {}): void {
    this.inbox.mails.push({ uid, raw: `Subject: ${text}\r\n\r\n${text}\r\n`, ...more })
  }

  session(): MailboxSession {
    const ask = (question: string): void => {
      this.before(question)
      this.asked.push(question)
    }
    const mails = (): FakeMail[] => this.folderAt(this.#open).mails
    const stateOf = ({ uidValidity, mails: all, uidNext }: Folder): FolderState => ({
      uidValidity,
      uidNext: uidNext ?? Math.max(0, ...all.map(({ uid }) => uid)) + 1,
    })
    return {
      folders: async () => [...this.folders.keys()].map((path) => ({ path, spam: path === 'Junk' })),
      open: async (path) => {
        ask(`open ${path}`)
        this.#open = path
        return stateOf(this.folderAt(path))
      },
      state: async (path) => {
        ask(`state ${path}`)
        return stateOf(this.folderAt(path))
      },
      uids: async (first, since) => {
        ask(`uids ${first}${since === undefined ? '' : ' since'}`)
        return mails()
          .map(({ uid }) => uid)
          .filter((uid) => uid >= first)
          .toSorted((one, other) => one - other)
      },
      facts: async (uids) => {
        ask(`facts ${uids.join(' ')}`)
        const found = mails().filter(({ uid }) => uids.includes(uid))
        return new Map(
          found.map(({ uid, raw, at, bytes = raw.length }) => [
            uid,
            { bytes, internalDate: at === undefined ? undefined : instant(at) },
          ]),
        )
      },
      raw: async (uids) => {
        ask(`raw ${uids.join(' ')}`)
        const found = mails().filter(({ uid }) => uids.includes(uid))
        if (found.some(({ gives }) => gives === 'breaks')) throw new Error('the connection ended')
        return new Map(found.filter(({ gives }) => gives === undefined).map(({ uid, raw }) => [uid, Buffer.from(raw)]))
      },
      wait: async () => ask('wait'),
      [Symbol.asyncDispose]: async () => ask('end'),
    }
  }
}

/** Stores cursors in memory, and the mails that are stored together with them. */
export class MemoryCursors implements MailboxCursors {
  readonly mails: (ArrivingMail & { readonly id: MessageId })[] = []
  readonly cursors = new Map<string, MailboxCursor>()
  answer: 'full' | 'moved' | undefined

  async find(mailbox: string, folder: string): Promise<MailboxCursor | undefined> {
    return this.cursors.get(`${mailbox} ${folder}`)
  }

  async list(): Promise<readonly MailboxCursor[]> {
    return [...this.cursors.values()]
  }

  async advance(cursor: MailboxCursor, mails: readonly ArrivingMail[]): Promise<'stored' | 'full' | 'moved'> {
    if (this.answer !== undefined) return this.answer
    const key = `${cursor.mailbox} ${cursor.folder}`
    if ((this.cursors.get(key)?.version ?? 0) !== cursor.version) return 'moved'
    this.cursors.set(key, { ...cursor, version: cursor.version + 1 })
    for (const mail of mails) {
      const id = MessageId.parse(createHash('sha256').update(mail.raw).update(mail.envelopeTo.join(' ')).digest('hex'))
      if (!this.mails.some((one) => one.id === id)) this.mails.push({ ...mail, id })
    }
    return 'stored'
  }

  onUnread(): () => void {
    return () => undefined
  }
}

import { instant } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import type { ChatPlatform, MailboxCursor, UnreadReason } from '../../src/index.ts'
import { createUnreadMailAlert } from '../../src/index.ts'
import { createHouse } from '../house.ts'

const cursorWith = (...because: UnreadReason[]): MailboxCursor => ({
  mailbox: 'box@imap.example',
  folder: 'INBOX',
  version: 1,
  uidValidity: 1,
  uid: 9,
  newest: instant(0),
  unread: because.map((reason, at) => ({ uid: at, bytes: 1, because: reason, receivedAt: instant(at) })),
})

describe('mails in a mailbox that cannot be read', () => {
  it('are reported to the team in one message, which is edited once they are read; mails that wait for space are not reported', async () => {
    const house = createHouse()
    const chat = new Map<Platform, ChatPlatform>([['slack', house.chat]])
    const looks = [
      cursorWith('no-room'),
      cursorWith('no-bytes', 'no-room', 'too-large'),
      cursorWith('too-large'),
      cursorWith(),
    ]
    const told: number[] = []
    let look = 0
    const over = new AbortController()
    await createUnreadMailAlert({
      engine: house.engine,
      chat,
      cursors: { list: async () => [looks[look] ?? cursorWith()], onUnread: () => () => undefined },
      card: ({ count }) => {
        told.push(count)
        return {
          kind: 'notice',
          title: `${count} unread`,
          lines: [],
          actions: [],
          fallback: `${count}`,
          attachments: [],
          fields: [],
          notification: '',
        }
      },
      sleep: async () => {
        look += 1
        if (look >= looks.length) over.abort()
      },
    }).run(over.signal)
    expect(told).toEqual([2, 1, 0])
  })
})

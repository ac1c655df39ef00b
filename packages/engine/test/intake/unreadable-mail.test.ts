import { describe, expect, it } from 'vitest'
import { MailError, parse } from '@embargo/mail'
import { EngineError, SMALL_MAIL_BYTES } from '../../src/index.ts'
import { CASE, createHouse, mailBytes, OWN } from '../house.ts'
import { replyTo } from '../story.ts'
import { state, spoolRows, quarantines, openedCase, storeUnread } from './spooled-mail.ts'

describe('a mail that cannot be read', () => {
  const unreadable = async (): Promise<never> => {
    throw new MailError('too-deep', 'too many parts in parts')
  }

  it('opens a case, is quarantined in it and answers nobody', async () => {
    const house = createHouse()
    house.parser.parse = unreadable
    await house.receive()
    await house.drain()
    expect((await state(house)).quarantined).toHaveLength(1)
    expect((await state(house)).reports).toEqual([])
    expect(house.chat.posts.map(({ title }) => title)).toContain('MessageQuarantined')
    expect(house.relay.mails).toEqual([])
    expect(await spoolRows(house)).toEqual([['in-case', CASE]])
  })

  it('is quarantined in its case if its address names the case', async () => {
    const house = await openedCase()
    house.parser.parse = unreadable
    await house.receive({ to: replyTo(house) })
    expect([...house.memory.streams.keys()]).toEqual([CASE])
    expect((await state(house)).quarantined).toHaveLength(1)
  })

  it('gets a third parser if two crashed, and is quarantined if the third crashes too', async () => {
    const house = createHouse()
    const died = new MailError('parser-died', 'it took too long')
    let deaths = 2
    house.parser.parse = async (raw) => {
      if (deaths-- > 0) throw died
      return parse(raw)
    }
    await house.receive()
    expect(await quarantines(house)).toEqual([])
    deaths = 3
    await house.receive({ to: OWN, subject: 'ends three readers' })
    expect(await quarantines(house)).toEqual(['parser-died'])
    expect(house.parser.calls).toBe(6)
  })

  it('delays no other mail: small mails are read first, and a mail that crashed its parser last', async () => {
    const house = createHouse()
    const read: string[] = []
    house.parser.parse = async (raw) => {
      const mail = await parse(raw)
      read.push(mail.subject)
      if (mail.subject === 'ends its reader') throw new MailError('parser-died', 'it took too long')
      return mail
    }
    await storeUnread(house, 'large', 'x'.repeat(SMALL_MAIL_BYTES))
    await storeUnread(house, 'larger', 'x'.repeat(SMALL_MAIL_BYTES + 1))
    await storeUnread(house, 'ends its reader')
    await house.receive({ subject: 'small' })
    expect(read).toEqual(['ends its reader', 'small', 'large', 'larger', 'ends its reader', 'ends its reader'])
  })

  it('waits for at most one large mail, if it is small', async () => {
    const house = createHouse()
    const read: string[] = []
    house.parser.parse = async (raw) => {
      const mail = await parse(raw)
      read.push(mail.subject)
      if (mail.subject === 'large') await storeUnread(house, 'small, and later')
      return mail
    }
    await storeUnread(house, 'large', 'x'.repeat(SMALL_MAIL_BYTES))
    await storeUnread(house, 'larger', 'x'.repeat(SMALL_MAIL_BYTES + 1))
    await house.receive({ subject: 'small' })
    expect(read).toEqual(['small', 'large', 'small, and later', 'larger'])
  })

  it('is quarantined, and the record names the limit that it broke or says that it is no mail', async () => {
    const house = createHouse()
    for (const code of ['too-large', 'unparsable'] as const) {
      house.parser.parse = async () => {
        throw new MailError(code, 'it is as it is')
      }
      await house.receive({ subject: code })
    }
    expect(await quarantines(house)).toEqual(['too-large', 'unparsable'])
  })

  it('waits as long as the disk is full', async () => {
    let full = true
    const house = createHouse({
      events: (real) => ({
        ...real,
        commit: async (commit) => {
          if (full) throw new EngineError('full', 'no room')
          return real.commit(commit)
        },
      }),
    })
    const raw = mailBytes()
    for (let minute = 0; minute < 30; minute += 1) await house.receive({}, raw)
    expect(await spoolRows(house)).toEqual([['waiting', undefined]])
    full = false
    await house.receive({}, raw)
    expect((await spoolRows(house)).map(([where]) => where)).toEqual(['in-case'])
    expect(house.memory.streams.size).toBe(1)
    expect(await quarantines(house)).toEqual([])
  })

  it('does not delay the next mail', async () => {
    const house = createHouse()
    house.parser.parse = async (raw) => {
      if (new TextDecoder().decode(raw).includes('poison')) throw new Error('a bug')
      return parse(raw)
    }
    await house.receive({ subject: 'poison' })
    await house.receive({ subject: 'a report' })
    expect((await spoolRows(house)).map(([where]) => where)).toEqual(['waiting', 'in-case'])
  })
})

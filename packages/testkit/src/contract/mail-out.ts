import type { MailOut, OutgoingMail } from '@embargo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endingOf } from './ending.ts'

type TakenMail = { readonly from: string; readonly to: readonly string[]; readonly text: string }

/** An adapter and the relay to which it sends. */
export type MailOutHouse = AsyncDisposable & {
  readonly mailOut: MailOut
  /** The mails that the relay accepted, in order. */
  taken(): readonly TakenMail[]
  /** Makes the relay answer the next mail with this code and not accept it. */
  answersNext(code: number): void
  /** Makes the relay accept the next mail and disconnect before it says so. */
  losesNextAnswer(): void
  /** Makes the relay unreachable from now on. */
  leaves(): Promise<void>
}

const TO = 'plumbago@reporter.example'

const mail = (text = 'Hello,'): OutgoingMail => ({
  raw: new TextEncoder().encode(`Subject: x\r\nMessage-ID: <1@example.org>\r\n\r\n${text}\r\n`),
  envelopeFrom: 'security+sec-2026-0042.x@example.org',
  envelopeTo: TO,
  messageId: '<1@example.org>',
})

/** The promises of `MailOut`, as tests for any adapter. */
export function mailOutContract(name: string, open: () => Promise<MailOutHouse>): void {
  describe(`the way out by ${name}`, () => {
    let house: MailOutHouse
    beforeEach(async () => {
      house = await open()
    })
    afterEach(() => house[Symbol.asyncDispose]())

    const ending = async (sent = mail()) => {
      const error = await endingOf(house.mailOut.send(sent))
      expect(error.message).not.toContain('plumbago')
      return error.code
    }

    it('hands over the bytes as they are, with the envelope that it is given', async () => {
      const sent = mail('.\r\n..two\r\nein schöner Gruß')
      expect((await house.mailOut.send(sent)).response).toMatch(/^250/)
      expect(house.taken()).toEqual([{ from: sent.envelopeFrom, to: [TO], text: new TextDecoder().decode(sent.raw) }])
    })

    it('sends the same bytes at each try', async () => {
      await house.mailOut.send(mail())
      await house.mailOut.send(mail())
      const [first, second] = house.taken()
      expect(second).toEqual(first)
    })

    it('says that a mail is refused permanently, and can send the next', async () => {
      house.answersNext(550)
      expect(await ending()).toBe('refused')
      await house.mailOut.send(mail())
      expect(house.taken()).toHaveLength(1)
    })

    it('says that a mail was certainly not accepted if the relay refuses it temporarily', async () => {
      house.answersNext(451)
      expect(await ending()).toBe('unreachable')
      expect(house.taken()).toEqual([])
    })

    it('leaves the outcome unknown if the answer was lost', async () => {
      house.losesNextAnswer()
      expect(await ending()).toBe('unknown')
      expect(house.taken()).toHaveLength(1)
    })

    it('says that a mail was certainly not accepted if nobody listens', async () => {
      await house.leaves()
      expect(await ending()).toBe('unreachable')
    })
  })
}

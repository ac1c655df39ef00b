import { CaseId } from '@embargo/core'
import type { MessageId } from '@embargo/core'
import { parse, protectMail } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createHouse, mailBytes, START } from '../house.ts'
import type { House } from '../house.ts'
import { keyedHouse, rea, sendProtectedMail } from '../keys/keyed-house.ts'

/** Counts how often a mail is parsed. */
function counted(house: House): { times: number } {
  const count = { times: 0 }
  house.parser.parse = async (raw, reading) => {
    count.times += 1
    return parse(raw, reading)
  }
  return count
}

/** The mail that opened the n-th case. */
async function mailOf({ engine }: House, n: number): Promise<MessageId> {
  const state = await engine.queries.state(CaseId.parse(`SEC-2026-000${n}`))
  const mail = state?.kind === 'case' ? state.messages[0] : undefined
  if (mail === undefined) throw new Error('there is no mail')
  return mail.message
}

describe('a mail that was taken in', () => {
  it('is not parsed again for its card', async () => {
    const house = createHouse()
    const parsed = counted(house)
    await house.receive({ subject: 'Overflow' })
    expect(await house.engine.deps.readMail(await mailOf(house, 1))).toMatchObject({ subject: 'Overflow' })
    expect(parsed.times).toBe(1)
  })

  it('cannot be read any more once its reporter was erased', async () => {
    const house = createHouse()
    await house.receive()
    const id = await mailOf(house, 1)
    house.spool.find = async () => undefined
    expect(await house.engine.deps.readMail(id)).toBeUndefined()
  })

  it('is not parsed again if it was read with a key that is known from another case', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    const parsed = counted(at.house)
    await sendProtectedMail(at, { subject: 'Another hole' })
    const read = parsed.times
    await at.house.engine.deps.readMail(await mailOf(at.house, 2))
    expect(parsed.times).toBe(read)
  })

  it('is parsed again if it is large', async () => {
    const house = createHouse()
    const parsed = counted(house)
    await house.receive({ body: 'A long header overflows.\r\n'.repeat(5_000) })
    await house.engine.deps.readMail(await mailOf(house, 1))
    expect(parsed.times).toBe(2)
  })

  it('says of its parts what their signatures are worth, even when it is parsed again', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    const { own, house } = at
    const signed = await protectMail(
      mailBytes({ body: 'x'.repeat(70_000) }),
      { is: 'encrypted', to: [own.public], signer: rea.secret },
      START,
    )
    const [block = ''] =
      /-----BEGIN PGP MESSAGE-----[^]*-----END PGP MESSAGE-----/u.exec(Buffer.from(signed).toString()) ?? []
    await house.receive({}, mailBytes({ body: `See below.\r\n${block}` }))
    const parsed = counted(house)
    const mail = await house.engine.deps.readMail(await mailOf(house, 2))
    expect(parsed.times).toBe(1)
    expect(mail?.text).toContain(`[encrypted, signed with …${rea.fingerprint.slice(-4)}]`)
  })
})

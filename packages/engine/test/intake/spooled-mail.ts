import { createHouse, mailBytes, OWN, REPORTER } from '../house.ts'
import type { House } from '../house.ts'

export const state = async (house: House) => house.caseState()

export const spoolRows = async (house: House) =>
  (await house.spool.list({ limit: 100 })).map(({ state: where, stream, because }) => [where, stream ?? because])

export const quarantines = async (house: House) =>
  [...house.memory.streams.values()]
    .flat()
    .flatMap(({ event }) => (event.type === 'MessageQuarantined' ? [event.because] : []))

export async function openedCase(): Promise<House> {
  const house = createHouse()
  await house.receive()
  await house.drain()
  return house
}

/** Stores a mail that the intake has not read yet. */
export const storeUnread = (house: ReturnType<typeof createHouse>, subject: string, body = 'x'): Promise<unknown> =>
  house.spool.store({
    raw: mailBytes({ subject, body }),
    envelopeFrom: REPORTER,
    envelopeTo: [OWN],
    receivedAt: house.clock.now(),
    delivery: subject,
  })

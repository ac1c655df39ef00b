import { afterAll, beforeAll, describe } from 'vitest'
import type { Place } from '../../test/places.ts'
import { openStore, type Store } from '../open-store.ts'
import { damageContract } from './damage.ts'
import { eventStoreContract } from './event-store.ts'
import { largeBytesContract } from './large-bytes.ts'
import { openingContract } from './opening.ts'
import { outboxContract } from './outbox.ts'
import { readModelsContract } from './read-models.ts'
import { MASTER_KEY, silent } from './samples.ts'
import { secretsContract } from './secrets.ts'
import { settingsContract } from './settings.ts'
import { spoolContract } from './spool.ts'
import type { Suite } from './suite.ts'
import { tamperingContract } from './tampering.ts'

/** Everything that the ports promise, against one database. */
export function storeContract(name: string, start: () => Promise<Place>, more?: (suite: Suite) => void): void {
  describe(`store on ${name}`, () => {
    let place: Place
    let database: string
    let store: Store
    beforeAll(async () => {
      place = await start()
      database = await place.database()
      store = await openStore({ database, masterKey: MASTER_KEY, log: silent })
    })
    afterAll(async () => {
      await store[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    })
    const suite: Suite = { place: () => place, store: () => store, raw: () => place.raw(database) }
    eventStoreContract(suite)
    outboxContract(suite)
    readModelsContract(suite)
    spoolContract(suite)
    settingsContract(suite)
    largeBytesContract(suite)
    tamperingContract(suite)
    damageContract(suite)
    secretsContract(suite)
    openingContract(suite)
    more?.(suite)
  })
}

import { afterAll, beforeAll, describe } from 'vitest'
import type { Place } from '../../test/places.ts'
import { openStore, type Store } from '../open-store.ts'
import { eventStoreContract } from './event-store.ts'
import { largeBytesContract } from './large-bytes.ts'
import { mailboxCursorsContract } from './mailbox-cursors.ts'
import { openingContract } from './opening.ts'
import { outboxContract } from './outbox.ts'
import { ownKeysContract } from './own-keys.ts'
import { readModelsContract } from './read-models.ts'
import { MASTER_KEY, silent } from './samples.ts'
import { secretsContract } from './secrets.ts'
import { settingsContract } from './settings.ts'
import { spoolContract } from './spool.ts'
import type { Suite } from './suite.ts'
import { tamperingContract } from './tampering.ts'

/** The contracts of all of the store's ports, except those about damaged databases. */
export const STORE_CONTRACT: readonly ((suite: Suite) => void)[] = [
  eventStoreContract,
  outboxContract,
  readModelsContract,
  spoolContract,
  mailboxCursorsContract,
  settingsContract,
  ownKeysContract,
  largeBytesContract,
  tamperingContract,
  secretsContract,
  openingContract,
]

/** Runs contracts against one database that their tests share. */
export function runContracts(
  name: string,
  start: () => Promise<Place>,
  contracts: readonly ((suite: Suite) => void)[],
): void {
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
    for (const contract of contracts) contract(suite)
  })
}

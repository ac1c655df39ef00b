import type { Place, Raw } from '../../test/places.ts'
import type { Store } from '../open-store.ts'

/** The subject of a contract: an open store that the contract's tests share, and the place of its database. */
export type Suite = {
  readonly place: () => Place
  readonly store: () => Store
  /** Direct access to the same database, without the store. */
  readonly raw: () => Promise<Raw>
}

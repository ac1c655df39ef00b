import type { Place, Raw } from '../../test/places.ts'
import type { Store } from '../open-store.ts'

/** The subject of a contract: one open store that its tests share, and where it is stored. */
export type Suite = {
  readonly place: () => Place
  readonly store: () => Store
  /** Direct access to the same database, without the store. */
  readonly raw: () => Promise<Raw>
}

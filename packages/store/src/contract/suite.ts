import type { Place, Raw } from '../../test/places.ts'
import type { Store } from '../open-store.ts'

/** What a contract runs against: one open store that its tests share, and the place it is kept in. */
export type Suite = {
  readonly place: () => Place
  readonly store: () => Store
  /** Around the store, into the same database. */
  readonly raw: () => Promise<Raw>
}

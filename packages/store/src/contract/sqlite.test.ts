import { sqlitePlace } from '../../test/places.ts'
import { storeContract } from './contract.ts'

storeContract('SQLite', sqlitePlace)

import { sqlitePlace } from '../../test/places.ts'
import { runContracts, STORE_CONTRACT } from './contract.ts'

runContracts('SQLite', sqlitePlace, STORE_CONTRACT)

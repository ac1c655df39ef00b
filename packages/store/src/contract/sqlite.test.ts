import { sqlitePlace } from '../../test/places.ts'
import { storeContract } from './contract.ts'
import { oddTypesContract } from './damage.ts'

storeContract('SQLite', sqlitePlace, oddTypesContract)

import { postgresPlace } from '../../test/places.ts'
import { runContracts, STORE_CONTRACT } from './contract.ts'

runContracts('PostgreSQL', postgresPlace, STORE_CONTRACT)

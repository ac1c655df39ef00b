import { postgresPlace, sqlitePlace } from '../../test/places.ts'
import { runContracts } from './contract.ts'
import { damageContract, oddTypesContract } from './damage.ts'

runContracts('PostgreSQL', postgresPlace, [damageContract])
runContracts('SQLite', sqlitePlace, [damageContract, oddTypesContract])

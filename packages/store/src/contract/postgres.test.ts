import { postgresPlace } from '../../test/places.ts'
import { storeContract } from './contract.ts'

storeContract('PostgreSQL', postgresPlace)

// Writes docs/policy.md and docs/embargo.policy.schema.json from the schema of the policy.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { policyJsonSchema, policyReference } from '@embargo/config'

const DOCS = join(import.meta.dirname, '../docs')

writeFileSync(join(DOCS, 'policy.md'), policyReference())
writeFileSync(join(DOCS, 'embargo.policy.schema.json'), `${JSON.stringify(policyJsonSchema(), null, 2)}\n`)

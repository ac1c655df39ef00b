// Writes every page of the documentation that is generated from the program: `npm run docs`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandReference } from '@embargo/chat'
import { policyJsonSchema, policyReference, settingCount } from '@embargo/config'
import { deadlineList } from './deadlines.ts'
import { machines } from './machines.ts'
import { rules } from './rules.ts'

const DOCS = join(import.meta.dirname, '../docs')

writeFileSync(join(DOCS, 'commands.md'), commandReference())
writeFileSync(join(DOCS, 'deadlines.md'), deadlineList())
writeFileSync(join(DOCS, 'machines.md'), machines())
writeFileSync(join(DOCS, 'rules.md'), rules())
writeFileSync(join(DOCS, 'policy.md'), policyReference())
writeFileSync(join(DOCS, 'embargo.policy.schema.json'), `${JSON.stringify(policyJsonSchema(), null, 2)}\n`)
process.stdout.write(`${settingCount()}\n`)

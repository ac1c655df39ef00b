import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// The built package carries its migrations: outside the repository there is no prisma folder beside it.
const packed = fileURLToPath(new URL('../dist/migrations', import.meta.url))
rmSync(packed, { recursive: true, force: true })
cpSync(fileURLToPath(new URL('../../../prisma/migrations', import.meta.url)), packed, { recursive: true })

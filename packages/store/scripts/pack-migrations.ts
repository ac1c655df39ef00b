import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Copies the migrations into the built package, because a package that is installed outside the repository cannot read
// the `prisma` folder of the repository.
const packed = fileURLToPath(new URL('../dist/migrations', import.meta.url))
rmSync(packed, { recursive: true, force: true })
cpSync(fileURLToPath(new URL('../../../prisma/migrations', import.meta.url)), packed, { recursive: true })

#!/usr/bin/env node
import { processOutput } from './cli/output.ts'
import { run } from './cli/run.ts'

// Whoever reads less than all of it (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exit(await run(process.argv.slice(2), processOutput))

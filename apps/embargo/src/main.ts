#!/usr/bin/env node
import { processOutput } from './cli/output.ts'
import { run } from './cli/run.ts'

// If a reader closes the pipe early (`| head`), it has read enough, so that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exit(await run(process.argv.slice(2), processOutput))

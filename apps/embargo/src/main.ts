#!/usr/bin/env node
import { processOutput } from './cli/output.ts'
import { run } from './cli/run.ts'

// It is no error if a reader closes the pipe early, as `| head` does: the reader has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exit(await run(process.argv.slice(2), processOutput))

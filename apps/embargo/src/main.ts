#!/usr/bin/env node
import { processOutput } from './cli/output.ts'
import { run } from './cli/run.ts'

// A reader that closes the pipe early (`| head`) has read enough, so that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exit(await run(process.argv.slice(2), processOutput))

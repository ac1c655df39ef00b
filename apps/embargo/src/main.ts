#!/usr/bin/env node
import { processOutput } from './cli/output.ts'
import { run } from './cli/run.ts'

process.exit(await run(process.argv.slice(2), processOutput))

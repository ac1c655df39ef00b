#!/usr/bin/env node
// In a clone the sources run as they are, under the Node of the workspace; a published package has only what was built.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const built = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const node = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))
const words = existsSync(source) ? ['--conditions=@embargo/source', source] : [built]
const ended = spawnSync(existsSync(node) ? node : process.execPath, [...words, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = ended.status ?? 1

#!/usr/bin/env node
import { decideBench } from './decide.ts'
import { durableBench } from './durable.ts'
import { machine } from './figure.ts'
import type { Bench, Figure } from './figure.ts'
import { floodBench } from './flood.ts'
import { mailBench } from './mail.ts'
import { policyCheckBench } from './policy-check.ts'
import { publishBench } from './publish.ts'
import { recordsBench } from './records.ts'
import { slashBench } from './slash.ts'
import { startBench } from './start.ts'

const BENCHES: readonly Bench[] = [
  decideBench,
  durableBench,
  slashBench,
  floodBench,
  mailBench,
  startBench,
  policyCheckBench,
  recordsBench,
  publishBench,
]

const json = process.argv.includes('--json')
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
const chosen = BENCHES.filter((bench) => only.length === 0 || only.includes(bench.name))

if (json) console.log(JSON.stringify({ machine: machine() }))
if (!json) console.log(machine())
for (const bench of chosen) {
  for (const figure of await bench.measure())
    console.log(json ? JSON.stringify({ bench: bench.name, ...figure }) : inWords(figure))
}

function inWords({ work, value, unit, target, met, beside }: Figure): string {
  const compared = beside === undefined ? '' : `; beside ${beside.what}: ${beside.value} ${beside.unit}`
  const goal = target === undefined ? '' : ` (wanted: ${target}${met === true ? ', met' : ', NOT MET'})`
  return `${work}: ${value} ${unit}${goal}${compared}`
}

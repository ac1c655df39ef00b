import { parseArgs } from 'node:util'
import { nameOf, prove, TASKS } from './prove.ts'
import type { Progress, ProofResult, Task } from './prove.ts'
import { BOUNDS } from './themes.ts'

/** `npm run prove`: explores everything, prints the results, and exits with 1 if a rule is broken. */

const EVERY_MS = 30_000

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const { values } = parseArgs({
  options: {
    /** Run only the explorations whose name contains this text. */
    only: { type: 'string', default: '' },
    /** Stop each exploration after this many states. Nothing is proved about the other states. */
    'at-most': { type: 'string' },
    /** With the value `n`, one in `n` states is also checked from a second path. A seed chooses these states. */
    'second-paths': { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

const atMost = values['at-most'] === undefined ? {} : { atMost: Number(values['at-most']) }
const secondPaths = { seed: 1, oneIn: Number(values['second-paths']) }
const tasks = TASKS.map((task): Task => ({ ...task, ...atMost, secondPaths })).filter((task) =>
  nameOf(task).includes(values.only),
)
if (!values.json) for (const bound of BOUNDS) say(bound)

const results = tasks.map((task) => {
  const one = prove(task, progressOf(task))
  if (!values.json) report(one)
  return one
})

const sum = (of: (one: ProofResult) => number): number => results.reduce((total, one) => total + of(one), 0)
const broken = results.reduce((total, one) => total + one.findings.length, 0)
const unfinished = results.filter((one) => !one.whole).length
if (values.json) say(JSON.stringify({ is: 'proof', results }))
else {
  say(
    `${sum((one) => one.states)} states, ${sum((one) => one.transitions)} transitions, ${sum((one) => one.commands)} commands, ${sum((one) => one.secondPaths)} states asked from a second path, in ${results.length} explorations.`,
  )
  if (unfinished > 0)
    say(`${unfinished} of them were not finished: whether every state has a path to the end was not looked for there.`)
  say(broken === 0 ? 'Every rule held.' : `${broken} findings.`)
}
process.exitCode = broken > 0 || results.length === 0 ? 1 : 0

/** Reports every half minute how far an exploration has got. */
function progressOf(task: Task): Progress {
  const began = performance.now()
  let last = began
  return (states, waiting) => {
    const now = performance.now()
    if (now - last < EVERY_MS) return
    last = now
    const seconds = Math.round((now - began) / 1000)
    process.stderr.write(`${nameOf(task)}: ${states} states so far, ${waiting} to ask, after ${seconds} s\n`)
  }
}

function report(one: ProofResult): void {
  const stages = one.stages.map(([stage, states]) => `${stage} ${states}`).join(', ')
  say(
    `${one.name}: ${one.states} states, ${one.transitions} transitions, ${one.commands} commands, ${one.secondPaths} second paths, ${one.seconds.toFixed(1)} s${one.whole ? '' : ', not finished'} (${one.bound})`,
  )
  say(`  ${stages}`)
  for (const { what, path } of one.findings) {
    say(`  BROKEN: ${what}`)
    for (const [index, step] of path.entries()) say(`    ${index + 1}. ${step}`)
  }
}

import { parseArgs } from 'node:util'
import { nameOf, prove, TASKS } from './prove.ts'
import type { Progress, Proved, Task } from './prove.ts'
import { BOUNDS } from './themes.ts'

/** `npm run prove`: explores everything, prints what it saw, and ends with 1 when something is broken. */

const EVERY_MS = 30_000

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const { values } = parseArgs({
  options: {
    /** Only explorations whose name has this in it. */
    only: { type: 'string', default: '' },
    /** Stops each after so many places: a look, not a proof. */
    'at-most': { type: 'string' },
    /** Of so many folded places one is asked from a second way, chosen by a seed. */
    'second-ways': { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})

const atMost = values['at-most'] === undefined ? {} : { atMost: Number(values['at-most']) }
const twins = { seed: 1, oneIn: Number(values['second-ways']) }
const tasks = TASKS.map((task): Task => ({ ...task, ...atMost, twins })).filter((task) =>
  nameOf(task).includes(values.only),
)
if (!values.json) for (const bound of BOUNDS) say(bound)

const proved = tasks.map((task) => {
  const one = prove(task, progressOf(task))
  if (!values.json) report(one)
  return one
})

const sum = (of: (one: Proved) => number): number => proved.reduce((total, one) => total + of(one), 0)
const broken = proved.reduce((total, one) => total + one.findings.length, 0)
const unfinished = proved.filter((one) => !one.whole).length
if (values.json) say(JSON.stringify({ is: 'proof', proved }))
else {
  say(
    `${sum((one) => one.places)} places, ${sum((one) => one.transitions)} ways, ${sum((one) => one.commands)} commands, ${sum((one) => one.twins)} places asked from a second way, in ${proved.length} explorations.`,
  )
  if (unfinished > 0)
    say(`${unfinished} of them were not finished: whether every place has a way to the end was not looked for there.`)
  say(broken === 0 ? 'Every rule held.' : `${broken} findings.`)
}
process.exitCode = broken > 0 || proved.length === 0 ? 1 : 0

/** An exploration says every half minute how far it is. */
function progressOf(task: Task): Progress {
  const began = performance.now()
  let last = began
  return (places, waiting) => {
    const now = performance.now()
    if (now - last < EVERY_MS) return
    last = now
    const seconds = Math.round((now - began) / 1000)
    process.stderr.write(`${nameOf(task)}: ${places} places so far, ${waiting} to ask, after ${seconds} s\n`)
  }
}

function report(one: Proved): void {
  const stages = one.stages.map(([stage, places]) => `${stage} ${places}`).join(', ')
  say(
    `${one.name}: ${one.places} places, ${one.transitions} ways, ${one.commands} commands, ${one.twins} twins, ${one.seconds.toFixed(1)} s${one.whole ? '' : ', not finished'} (${one.bound})`,
  )
  say(`  ${stages}`)
  for (const { what, path } of one.findings) {
    say(`  BROKEN: ${what}`)
    for (const [index, step] of path.entries()) say(`    ${index + 1}. ${step}`)
  }
}

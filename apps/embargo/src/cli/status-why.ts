import { resolveCommand, safeJson, timesInWords } from '@embargo/chat'
import type { CaseId } from '@embargo/core'
import type { GateFacts } from '../control/explain.ts'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'
import { quoted } from './words.ts'

const SIGNS = { passes: 'ok    ', refuses: 'no    ', 'not-asked': '?     ', 'comes-next': 'next  ' } as const

type Asked = { readonly id: CaseId; readonly typed: readonly string[]; readonly json: boolean }

/** `embargo <case> status why <command>`: each rule of a command, and whether it passes. @returns the exit code */
export async function explain(context: CliContext, { id, typed, json }: Asked): Promise<number> {
  const command = typed.map(quoted).join(' ')
  const resolution = resolveCommand(command)
  if ('because' in resolution) throw new CliError(resolution.because)
  const answer = (await context.ask('explain-gates', { case: id, typed: command })) as GateFacts
  const passes =
    answer.is === 'gates' && answer.gates.every(({ state }) => state === 'passes' || state === 'comes-next')
  if (json) {
    context.output.out(safeJson(answer))
    return passes ? 0 : 1
  }
  if (answer.is === 'refusal') {
    context.output.err((await context.nobody()) ?? answer.because)
    return 1
  }
  context.output.out(`${answer.case} ${answer.verb}, for ${answer.person}: ${inSum(answer.gates)}.`)
  const say = (before: string, sentence: string): void => context.output.out(before + timesInWords(sentence))
  for (const gate of answer.gates) {
    say(`  ${SIGNS[gate.state]}${gate.gate.padEnd(24)}`, gate.because ?? gate.rule)
    for (const lift of gate.liftedBy ?? []) say(`${' '.repeat(32)}→ `, lift)
    const facts = Object.entries(gate.facts ?? {})
    if (facts.length > 0) say(' '.repeat(32), facts.map(([name, value]) => `${name}: ${String(value)}`).join(', '))
  }
  return passes ? 0 : 1
}

type Gates = Extract<GateFacts, { is: 'gates' }>['gates']

function inSum(gates: Gates): string {
  const count = (wantedState: Gates[number]['state']): number =>
    gates.filter(({ state }) => state === wantedState).length
  const [refusing, open] = [count('refuses'), count('not-asked')]
  const parts = [
    ...(refusing === 0 ? [] : [`${refusing} ${refusing === 1 ? 'gate refuses' : 'gates refuse'}`]),
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'gate was' : 'gates were'} not asked`]),
  ]
  if (parts.length > 0) return parts.join(', and ')
  return count('comes-next') > 0 ? 'a second yes comes next' : 'no rule forbids it'
}

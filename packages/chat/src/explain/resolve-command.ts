import { Duty, isPersonVerb, PERSON_VERBS, StepId } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import type { ChatCommand } from '../chat-command.ts'
import { resolve } from '../resolve.ts'
import { chatVerbOf, typedName } from '../verbs.ts'

/**
 * A command that gates (the rules of core) can refuse. `verb`: the request to core that the command means. `text`: what
 * was typed after the command, for the command's own parser.
 */
export type ResolvedCommand = { readonly verb: PersonVerb; readonly command: ChatCommand; readonly text: string }
type UnknownCommand = { readonly because: string }

/**
 * Finds the command that somebody means. They may write it as in chat (`signal public`) or as core names it
 * (`signal.public`).
 */
export function resolveCommand(commands: readonly ChatCommand[], typed: string): ResolvedCommand | UnknownCommand {
  const [, first = '', rest = ''] = /^\s*\/?(\S+)\s*(.*)$/su.exec(typed) ?? []
  const name = first.toLowerCase()
  const way = isPersonVerb(name) ? chatVerbOf(name) : { verb: name, input: {} }
  const named = Object.entries(way.input).map(([option, value]) => `--${option} ${value}`)
  const found = resolve(commands, { verb: way.verb, input: [...named, rest].join(' ').trim() })
  if ('unknown' in found) return { because: whyUnknown(found.unknown, found.near) }
  const { command } = found
  const text = typeof found.input === 'string' ? found.input : ''
  const parsed = command.parse(text, { branches: [] })
  const requests = requestsOf(command, parsed.ok ? parsed.values : {})
  const verb = requests[0]
  if (verb === undefined) return { because: `No rule of a case restricts “${typedName(command.verb)}”.` }
  if ((named.length > 0 || name.includes('.')) && isPersonVerb(name)) return { verb: name, command, text }
  return requests.length > 1
    ? { because: `“${typedName(command.verb)}” does several things. Name one: ${requests.map(typedName).join(', ')}.` }
    : { verb: name === 'take' ? name : verb, command, text }
}

/**
 * The requests to core that the command can mean when its options have these values. If several requests match, those
 * that match the most values are returned. If one of these has the command's own name, only that request is returned.
 * If `what` is given, the own name includes it: `done.deployed` for `done` with `what` set to `deployed`.
 */
function requestsOf({ verb }: ChatCommand, values: Readonly<Record<string, string>>): readonly PersonVerb[] {
  const { what } = values
  const own = what === undefined ? verb : `${verb}.${what}`
  const ways = PERSON_VERBS.map((request) => ({ request, way: chatVerbOf(request) })).filter(
    ({ way }) => way.verb === verb || way.verb === ASKS_THE_SAME.get(verb),
  )
  const fitting = ways
    .filter(({ way }) => Object.entries(way.input).every(([name, value]) => values[name] === value))
    .filter(({ request }) => what === undefined || (OF_WHAT.get(request)?.some((one) => one === what) ?? true))
  const most = Math.max(0, ...fitting.map(({ way }) => Object.keys(way.input).length))
  const named = fitting.filter(({ way }) => Object.keys(way.input).length === most).map(({ request }) => request)
  const open = named.length === 0 && what === undefined ? ways.map(({ request }) => request) : named
  return open.filter((request) => request === own || !open.some((other) => other === own))
}

/**
 * Two requests that are both typed as `done`. For each: the values of the option `what` that stand for this request.
 */
const OF_WHAT = new Map<PersonVerb, readonly string[]>([
  ['done.duty', Duty.options],
  ['done.step', StepId.options],
])

/**
 * Some commands send core the same request as another command. The key is the name of such a command, the value is the
 * name of the other command.
 */
const ASKS_THE_SAME: ReadonlyMap<string, string> = new Map([
  ['people.decline', 'people.join'],
  ['party.done', 'party.wait'],
])

function whyUnknown(unknown: string, near: readonly string[]): string {
  const [only] = near
  return `There is no command “${unknown}”.${only === undefined ? '' : ` Did you mean ${only}?`}`
}

import { typedName, waysOf, wayOption } from '@embargo/chat'
import type { CommandFacts, OptionFacts } from './facts.ts'

/**
 * Makes one Discord command for each verb, because Discord cannot have a command `a` beside `a b`. The sub-word, such
 * as `b`, becomes the value of an option. The command has the options of all its sub-words. An option is required only
 * if `a` and every sub-word require it. Pure.
 */
export function verbsOf(commands: readonly CommandFacts[]): readonly CommandFacts[] {
  const verbs = new Set(commands.map(({ verb }) => verb.split('.')[0] ?? verb))
  return [...verbs].map((verb) => {
    const base = commands.find((one) => one.verb === verb)
    const ways = commands.filter((one) => one.verb.startsWith(`${verb}.`))
    return base !== undefined && ways.length === 0 ? base : merged(verb, base, ways)
  })
}

function merged(verb: string, base: CommandFacts | undefined, ways: readonly CommandFacts[]): CommandFacts {
  const all = base === undefined ? ways : [base, ...ways]
  const way = wayOf(verb, base, ways)
  const others = new Map(
    all
      .flatMap(({ options }) => options)
      .map((option) => [option.name, option] as const)
      .toReversed(),
  )
  others.delete(way.name)
  const names = [...new Set(all.flatMap(({ options }) => options.map(({ name }) => name)))]
  return {
    verb,
    summary: base?.summary ?? `${typedName(verb)}: ${waysOf(ways, verb).join(', ')}`,
    about: all.some(({ about }) => about === 'case') ? 'case' : 'anything',
    options: [
      way,
      ...names.flatMap((name) => {
        const option = others.get(name)
        return option === undefined ? [] : [{ ...option, required: all.every((one) => isNeeded(one, name)) }]
      }),
    ],
  }
}

const isNeeded = ({ options }: CommandFacts, name: string): boolean =>
  options.some((option) => option.name === name && option.required)

/**
 * The option in which people select a sub-word of the verb, such as `b` in `a b`. If the verb itself already has an
 * option with the name that `wayOption` returns, that option takes the sub-words too.
 */
function wayOf(verb: string, base: CommandFacts | undefined, ways: readonly CommandFacts[]): OptionFacts {
  const name = wayOption(base)
  const own = base?.options.find((option) => option.name === name)
  const words = ways.map((one) => {
    const value = one.verb.slice(verb.length + 1)
    return { value, label: `${typedName(value)}: ${one.summary}` }
  })
  if (own !== undefined && own.choices === undefined) return { ...own, hint: waysOf(ways, verb).join(', or: ') }
  return {
    name,
    label: own?.label ?? 'What',
    kind: 'choice',
    required: own?.required ?? base === undefined,
    wanted: false,
    hidden: false,
    carried: false,
    choices: [...(own?.choices ?? []), ...words],
  }
}

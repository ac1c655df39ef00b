import { isTyped, kebab } from '../option.ts'
import type { OptionInfo } from '../option.ts'

/**
 * The placeholder for an option whose value a form would ask for, such as `<what>`. If several options take the same
 * kind of value, they share one placeholder, `<kind>`. Undefined for an option that no form asks for.
 */
export function placeholderOf(
  option: OptionInfo,
  options: readonly OptionInfo[],
  given: Readonly<Record<string, string>>,
): string | undefined {
  const { name, needed, wanted, shownAs, takes, choices, kindOf } = option
  if (!isTyped(option) || given[name] !== undefined) return undefined
  if (kindOf !== undefined) {
    const [first, ...others] = options.filter((one) => one.kindOf === kindOf)
    return first === option && others.every((one) => given[one.name] === undefined) ? `<${kindOf}>` : undefined
  }
  if (!needed && !wanted) return undefined
  const only = choices?.length === 1 ? choices[0]?.value : undefined
  return only ?? (takes === 'named' ? `--${kebab(name)} <${shownAs}>` : `<${shownAs}>`)
}

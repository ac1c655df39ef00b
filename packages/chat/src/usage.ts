import { PLATFORM_WORDS } from '@embargo/core'
import type { Platform, Roots } from '@embargo/core'
import type { OptionInfo } from './option.ts'
import { isTyped, kebab } from './option.ts'
import type { Place } from './types.ts'
import { typedName } from './verbs.ts'

/** `triage <disposition> [severity] [--cvss4 <vector>]` */
export function usageOf(verb: string, options: readonly OptionInfo[]): string {
  const shown = options.filter(isTyped).filter(isFirstOfKind)
  return [verb, ...shown.map(usageOfOption)].join(' ')
}

const isFirstOfKind = ({ kindOf }: OptionInfo, index: number, all: readonly OptionInfo[]): boolean =>
  kindOf === undefined || all.findIndex((one) => one.kindOf === kindOf) === index

function usageOfOption(option: OptionInfo): string {
  if (option.kindOf !== undefined) return `<${option.kindOf}>…`
  const only = option.choices?.length === 1 ? option.choices[0]?.value : undefined
  const name = only ?? (option.needed ? `<${option.shownAs}>` : option.shownAs)
  if (option.takes === 'named') return `[--${kebab(option.name)} <${option.shownAs}>]`
  const many = option.takes === 'words' ? `${name}…` : name
  return option.needed ? many : `[${many}]`
}

/** Commands that can be typed without naming a case. If no case is named, they are about no case or about all cases. */
const OF_NO_CASE: ReadonlySet<string> = new Set(['open', 'away', 'link', 'status', 'settle', 'help'])
const SUB_WORD_OF_A_CASE = /^(?:open report|settle channel|status clocks)\b/u

/** The parts of a place that determine how a command is typed. */
export type TypedPlace = Pick<Place, 'platform' | 'case' | 'root'>

/** A place on a platform, with the name of the root command if the command was renamed. */
export function placeOn(platform: Platform, roots: Roots): TypedPlace {
  const root = roots[platform]
  return { platform, ...(root === undefined ? {} : { root }) }
}

/**
 * How a command is typed where the reader is: `/cvd ack` in Slack, `/ack` in Discord, `embargo SEC-2026-0042 ack` in a
 * terminal. The dots of a name are typed as spaces.
 */
export function typedAt(place: TypedPlace, usage: string): string {
  const typed = usage.replace(/^\S+/, typedName)
  return place.platform === 'terminal' && isOfNoCase(typed, place)
    ? `embargo ${typed}`
    : PLATFORM_WORDS[place.platform].typed(typed, place)
}

const isOfNoCase = (typed: string, { case: named }: Pick<Place, 'case'>): boolean =>
  named === undefined && OF_NO_CASE.has(typed.split(' ')[0] ?? '') && !SUB_WORD_OF_A_CASE.test(typed)

import { PLATFORM_WORDS } from '@embargo/core'
import type { OptionInfo } from './option.ts'
import { isTyped, kebab } from './option.ts'
import type { Place } from './types.ts'

/** `triage <disposition> [severity] [--cvss4 <vector>]` */
export function usageOf(verb: string, options: readonly OptionInfo[]): string {
  return [verb, ...options.filter(isTyped).map(usageOfOption)].join(' ')
}

function usageOfOption(option: OptionInfo): string {
  const only = option.choices?.length === 1 ? option.choices[0]?.value : undefined
  const name = only ?? (option.needed ? `<${option.shownAs}>` : option.shownAs)
  if (option.takes === 'named') return `[--${kebab(option.name)} <${option.shownAs}>]`
  const many = option.takes === 'words' ? `${name}…` : name
  return option.needed ? many : `[${many}]`
}

/** In a terminal these are not typed after `case`, because they are about no case. */
const BESIDE_CASE: ReadonlySet<string> = new Set(['cases', 'open', 'intake'])

/**
 * A command as it is typed where the reader is: `/cvd ack` in Slack, `/ack` in Discord, `embargo case SEC-2026-0042
 * ack` in a terminal.
 */
export const typedAt = (place: Pick<Place, 'platform' | 'case' | 'root'>, usage: string): string =>
  place.platform === 'terminal' && isBesideCase(usage.split(' ')[0] ?? '', place)
    ? `embargo ${usage}`
    : PLATFORM_WORDS[place.platform].typed(usage, place)

/** The mails to settle may be of one case or of all. */
const isBesideCase = (verb: string, place: Pick<Place, 'case'>): boolean =>
  BESIDE_CASE.has(verb) || (verb === 'settle' && place.case === undefined)

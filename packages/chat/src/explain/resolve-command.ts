import { isPersonVerb, PERSON_VERBS } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import { COMMANDS } from '../commands/index.ts'
import type { ChatCommand } from '../chat-command.ts'
import { nearest } from '../nearest.ts'
import { wordsOf } from '../text/words.ts'
import { chatVerbOf, coreVerbsOf, waysOf } from '../verbs.ts'

/** A command with gates, and the text after it for the command's own parser. */
export type ResolvedCommand = { readonly verb: PersonVerb; readonly command: ChatCommand; readonly text: string }
type UnknownCommand = { readonly because: string }

/**
 * The command that somebody means: as it is typed in chat (`signal public`, `/merge`), or as the log names it
 * (`signal.public`).
 */
export function resolveCommand(typed: string): ResolvedCommand | UnknownCommand {
  const [first, second] = wordsOf(typed)
  if (first === undefined) return { because: 'No command is named: write it after the case, as in “disclose”.' }
  const verb = first.text.toLowerCase().replace(/^\//, '')
  const rest = typed.slice(first.end).trim()
  const [meant, ...others] = coreVerbsOf(second === undefined ? [verb] : [verb, second.text]).filter(isPersonVerb)
  if (meant === undefined) return { because: whyUnknown(verb, second?.text) }
  if (others.length > 0)
    return { because: `“${verb}” does several things. Name one: ${[meant, ...others].join(', ')}.` }
  const isInChat = COMMANDS.some((command) => command.verb === verb)
  const way = chatVerbOf(meant)
  const command = commandOf(isInChat ? verb : way.verb)
  if (command === undefined) return { because: `“${verb}” is no command that people type.` }
  return { verb: meant, command, text: isInChat ? rest : [...Object.values(way.input), rest].join(' ').trim() }
}

const commandOf = (verb: string): ChatCommand | undefined => COMMANDS.find((command) => command.verb === verb)

function whyUnknown(verb: string, what: string | undefined): string {
  const ways = waysOf(verb)
  if (ways.length > 0 && what !== undefined) {
    const near = nearest(what.toLowerCase(), ways)
    const guess = near === undefined ? '' : ` Perhaps you meant “${verb} ${near}”.`
    return `No gate stands before “${verb} ${what}”; one stands before ${verb} with ${ways.join(', ')}.${guess}`
  }
  if (commandOf(verb) !== undefined) return `No gate of a case stands before “${verb}”.`
  const near = nearest(verb, [...COMMANDS.map((command) => command.verb), ...PERSON_VERBS])
  const guess = near === undefined ? '' : ` Perhaps you meant “${near}”.`
  return `There is no command “${verb}”.${guess} “help” on a case names all of them.`
}

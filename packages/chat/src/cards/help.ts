import type { Card } from '@embargo/engine'
import type { ChatCommand } from '../chat-command.ts'
import { isTyped } from '../option.ts'
import type { OptionInfo } from '../option.ts'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { buildCard } from './card.ts'
import { code, faint, line, plain } from './spans.ts'

/** Every command that is offered here, in the order of the process. */
export function helpCard({ commands, place }: { commands: readonly ChatCommand[]; place: Place }): Card {
  return buildCard({
    kind: 'notice',
    title: 'Commands',
    lines: [
      ...commands.map((command) => line(code(typedAt(place, command.usage)), plain(` · ${command.summary}`))),
      line(faint(`<needed> [may be left out] · more about one: ${typedAt(place, 'help triage')}`)),
    ],
    notification: 'Embargo',
  })
}

/** One command, with each of its options. */
export function commandHelpCard({ command, place }: { command: ChatCommand; place: Place }): Card {
  return buildCard({
    kind: 'notice',
    title: command.summary,
    fields: [
      { label: 'Typed', value: line(code(typedAt(place, command.usage))) },
      { label: 'Who', value: line(command.allowed.who) },
    ],
    lines: command.options.filter(isTyped).map((option) => line(plain(optionHelp(option)))),
    notification: 'Embargo',
  })
}

function optionHelp(option: OptionInfo): string {
  const parts = [option.label, option.choices?.map((choice) => choice.value).join(', '), option.hint]
  return `${option.shownAs}: ${parts.filter((part) => part !== undefined && part !== '').join(' · ')}`
}

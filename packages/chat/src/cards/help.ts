import { PERSON_VERBS, rolesFor, stageOf } from '@embargo/core'
import type { Policy, RoleName, Stage } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { CaseInView, ChatCommand } from '../chat-command.ts'
import { isTyped } from '../option.ts'
import type { OptionInfo } from '../option.ts'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { chatVerbOf, typedName } from '../verbs.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, faint, line, plain } from './spans.ts'

/** What people most likely type at each stage. */
const AT_STAGE: Readonly<Record<Stage, readonly string[]>> = {
  received: ['ack', 'triage'],
  acknowledged: ['triage', 'triage.affects', 'assign-patch'],
  assessing: ['triage.affects', 'assign-patch', 'patch'],
  fixing: ['patch', 'confirm', 'log-answer'],
  confirming: ['patch', 'confirm', 'log-answer'],
  ready: ['advisory', 'cve', 'prenotify'],
  prenotified: ['disclose', 'release.move', 'release'],
  publishing: ['done', 'settle', 'hold'],
  disclosed: ['cve', 'correct', 'retro', 'close'],
  rejected: ['close', 'reopen'],
  deferred: ['reopen', 'close'],
  closed: ['reopen', 'correct'],
}
const ALWAYS = ['reply', 'status', 'signal'] as const
const OF_NO_CASE = ['status', 'open', 'away', 'link'] as const

type HelpParts = { readonly commands: readonly ChatCommand[]; readonly place: Place; readonly seen?: CaseInView }

/** The roles that the person who asks for help has under this policy. */
type HelpReader = { readonly policy: Policy; readonly roles: readonly RoleName[] }

/**
 * Whether a person with these roles may run the command. If the command sends requests to core, it is enough that the
 * roles allow one of these requests. A command without requests only shows something, so every role may run it.
 */
function isForRoles({ policy, roles }: HelpReader, { verb }: ChatCommand): boolean {
  const requests = PERSON_VERBS.filter((request) => chatVerbOf(request).verb === verb)
  return (
    requests.length === 0 || requests.some((request) => roles.some((role) => rolesFor(policy, request).includes(role)))
  )
}

/**
 * The few commands that the case needs now and that this person may run. Without a case: the commands that are about no
 * case.
 */
export function helpCard({ commands, place, seen, asking }: HelpParts & { readonly asking?: HelpReader }): Card {
  const stage = seen && stageOf(seen.state, seen.world.release)
  const verbs = stage === undefined ? OF_NO_CASE : [...AT_STAGE[stage], ...ALWAYS]
  const few = verbs
    .flatMap((verb) => commands.find((command) => command.verb === verb) ?? [])
    .filter((command) => asking === undefined || isForRoles(asking, command))
  return buildCard({
    kind: 'notice',
    title: seen === undefined ? 'Commands' : `${seen.id} is ${stage}`,
    lines: [
      ...few.map((command) => line(code(typedAt(place, command.verb)), plain(` · ${command.summary}`))),
      line(
        faint('More: '),
        code(typedAt(place, 'help all')),
        faint(' · about one: '),
        code(typedAt(place, `help ${typedName(few[0]?.verb ?? 'status')}`)),
      ),
    ],
    notification: notificationOf(seen?.state),
  })
}

/** Every command that is offered here, in the order of the process. */
export function allHelpCard({ commands, place }: HelpParts): Card {
  return buildCard({
    kind: 'notice',
    title: 'Commands',
    lines: [
      ...commands.map((command) => line(code(typedAt(place, command.usage)), plain(` · ${command.summary}`))),
      line(faint(`<needed> [optional] · more about a command: ${typedAt(place, 'help triage')}`)),
    ],
    notification: 'Embargo',
  })
}

/** One command, with each of its options and its sub-words. */
export function commandHelpCard({ command, commands, place }: HelpParts & { readonly command: ChatCommand }): Card {
  return buildCard({
    kind: 'notice',
    title: command.summary,
    fields: [
      { label: 'Typed', value: line(code(typedAt(place, command.usage))) },
      { label: 'Who', value: line(command.allowed.who) },
    ],
    lines: [
      ...command.options.filter(isTyped).map((option) => line(plain(optionHelp(option)))),
      ...commands
        .filter(({ verb }) => verb.startsWith(`${command.verb}.`))
        .map(({ usage, summary }) => line(code(typedAt(place, usage)), plain(` · ${summary}`))),
    ],
    notification: 'Embargo',
  })
}

function optionHelp(option: OptionInfo): string {
  const parts = [option.label, option.choices?.map((choice) => choice.value).join(', '), option.hint]
  return `${option.shownAs}: ${parts.filter((part) => part !== undefined && part !== '').join(' · ')}`
}

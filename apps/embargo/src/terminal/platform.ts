import { headline } from '@embargo/chat'
import { OutsideError } from '@embargo/engine'
import type { Card, ChatPlatform } from '@embargo/engine'
import { CaseId } from '@embargo/core'
import type { Actor, EffectId } from '@embargo/core'

/**
 * How many printed messages are remembered, so that a retry does not print them again. They are forgotten at a restart,
 * because the output then goes to a new terminal.
 */
const REMEMBERED = 1_000

type TerminalOptions = { readonly embargo?: string; readonly isReader?: (actor: Actor) => boolean }

/**
 * The terminal as a chat platform. It has no channels: `embargo <case>` shows a case's cards, drawn from the log. The
 * running program prints only the case number, the severity and what happened, so a system log contains no secret.
 *
 * `embargo`: how to call the command line for this program. `isReader`: whether an actor is the person who reads this
 * output. An action of this person is not printed, because they got the answer where they typed the command.
 */
export function terminalPlatform(
  say: (line: string) => void,
  { embargo = 'npx embargo', isReader = () => false }: TerminalOptions = {},
): ChatPlatform {
  const printedIds = new Set<EffectId>()
  return {
    platform: 'terminal',
    openChannel: ({ name }) => Promise.resolve({ channel: name, name }),
    invite: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    async post({ effect, card, pin, lookUp, by }) {
      const isOwn = by !== undefined && isReader(by)
      if (pin || isOwn || (lookUp && printedIds.has(effect))) return { message: effect }
      print(say, toldOf(card, embargo))
      printedIds.add(effect)
      const [oldest] = printedIds
      if (printedIds.size > REMEMBERED && oldest !== undefined) printedIds.delete(oldest)
      return { message: effect }
    },
    audience: () => Promise.resolve([]),
    archiveChannel: () => Promise.resolve(),
    transcript: () => Promise.resolve([]),
    update: () => Promise.resolve(),
  }
}

/**
 * The line to print: `SEC-2026-0001 · high: a report arrived. Look at it: npx embargo SEC-2026-0001`. If the message is
 * about no case, the line has the card's title and, if the card has one, the command that shows more. The title
 * contains only our own words.
 */
function toldOf(card: Card, embargo: string): string {
  const { title, lines, notification } = card
  const [number = ''] = notification.split(' ')
  if (CaseId.safeParse(number).success) return `${notification}: ${headline(card)}. Look at it: ${embargo} ${number}`
  const typed = lines.flat().find((one) => one.style === 'code' && one.hostile !== true && one.text.startsWith(TYPED))
  return typed === undefined ? title : `${title}. Look at it: ${embargo} ${typed.text.slice(TYPED.length)}`
}

/** The prefix with which cards print commands. */
const TYPED = 'embargo '

function print(say: (line: string) => void, line: string): void {
  try {
    say(line)
  } catch (cause) {
    throw new OutsideError('unreachable', 'standard output is closed', { cause })
  }
}

import { waitingCommand } from '@embargo/core'
import type { Approval, Instant } from '@embargo/core'

export type AskedCommand = ReturnType<typeof waitingCommand>

/** What waits for the second yes; undefined when a newer program wrote it. */
export function askedCommand(approval: Approval): AskedCommand | undefined {
  try {
    return waitingCommand(approval)
  } catch {
    return undefined
  }
}

const IN_WORDS: Readonly<Record<AskedCommand['verb'], string>> = {
  prenotify: 'pre-notify the lists',
  'prenotify-update': 'send the changed patches to everybody who holds old ones',
  disclose: 'publish',
  reschedule: 'move the release to another day',
  'release-cancel': 'cancel the release',
  interim: 'publish what is known without a fix',
  'signal-public': 'count it as public',
  'signal-exploit': 'count an exploit as public',
  'signal-attack': 'count attacks as observed',
  'signal-leak': 'count details as leaked',
  'signal-correct': 'record that a signal was wrong',
  'embargo-extend': 'make the embargo longer than reporter and team agree on alone',
  'embargo-terminate': 'end the embargo before its time',
  waive: 'waive a rule',
}

export function askedInWords(approval: Approval): string {
  const asked = askedCommand(approval)
  return asked === undefined ? 'do what is shown' : IN_WORDS[asked.verb]
}

/** The release date that a waiting command names. */
export function askedDate(approval: Approval): Instant | undefined {
  const asked = askedCommand(approval)
  return asked?.verb === 'prenotify' || asked?.verb === 'reschedule' ? asked.at : undefined
}

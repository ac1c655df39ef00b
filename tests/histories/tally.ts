/** The counts that a history prints at its end. */
export type Tally = {
  commands: number
  refused: number
  /** The number of commands that came a second time, at once or much later. */
  repeated: number
  /** How often two writers made the same request at the same moment. */
  together: number
  /** How often the clock jumped by a day or more. */
  jumps: number
  cases: number
  /** The largest number of cases that were open at one time. */
  alive: number
  events: number
  /** The number of events in the longest stream. */
  longest: number
  /** The number of reports that moved to another case after their credit was decided. */
  credits: number
  /** The number of events of each kind. */
  kinds: ReadonlyMap<string, number>
  days: number
}

export const emptyTally = (): Tally => ({
  commands: 0,
  refused: 0,
  repeated: 0,
  together: 0,
  jumps: 0,
  cases: 0,
  alive: 0,
  events: 0,
  longest: 0,
  credits: 0,
  kinds: new Map(),
  days: 0,
})

export function formatTally(name: string, of: Tally): string {
  const seen = (kind: string): number => of.kinds.get(kind) ?? 0
  return [
    `${name}: ${of.commands} commands in ${of.days} days: ${of.refused} refused, ${of.repeated} came again, ${of.together} times two at once, ${of.jumps} jumps of the clock`,
    // A merge is recorded in both cases, so each merge has two events.
    `  ${of.cases} cases, at most ${of.alive} open at once: ${seen('CasesMerged') / 2} merges, ${seen('CaseSplit')} splits, ${of.credits} reports that moved with their credit, ${seen('DisclosureStarted')} publications, ${seen('CaseClosed')} closed, ${seen('CaseReopened')} opened again`,
    `  ${seen('MailFailed')} mails that failed, ${seen('EffectParked')} that were in doubt, ${seen('DoubtSettled')} settled by a person; ${seen('GateWaived')} waivers`,
    `  ${of.events} events of ${of.kinds.size} kinds, at most ${of.longest} in one stream`,
    '  folded again to the same states; chains whole; read models rebuilt equal',
  ].join('\n')
}

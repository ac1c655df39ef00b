import type { CaseId, Stage } from '@embargo/core'
import type { Channel } from '@embargo/testkit'
import type { Line } from './line.ts'
import type { StageSetting } from './stage-setting.ts'

/** How long anything may take before the play says that it does not happen. */
export const PATIENCE_MS = 10_000

/** A play that is going on: the setting, where its lines go, and what the scenes found so far. */
export type Playing = StageSetting & {
  readonly say: (line: Line) => void
  /** Messages and mails that were shown already, by their ids. */
  readonly shown: Set<string>
  case: { readonly id: CaseId; readonly channel: Channel; stage: Stage | undefined } | undefined
}

/** The case of the play. @throws before its channel is open: a scene out of order */
export function theCase(playing: Playing): NonNullable<Playing['case']> {
  if (playing.case === undefined) throw new Error('No case is open yet.')
  return playing.case
}

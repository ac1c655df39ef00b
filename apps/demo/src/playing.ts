import type { CaseId, Stage } from '@embargo/core'
import type { Player } from './cast.ts'
import type { PlayedChannel, PlayedChat } from './chat/played-chat.ts'
import type { Line } from './line.ts'
import type { StageSetting } from './stage-setting.ts'

/** A channel of the case, and the platform that it is on. */
export type Placed = { readonly chat: PlayedChat; readonly channel: PlayedChannel }

/** A play in progress: the setting, where its lines go, and what the scenes found so far. */
export type Playing = StageSetting & {
  readonly say: (line: Line) => void
  /** Messages and mails that were shown already, by their ids. */
  readonly shown: Set<string>
  /** The platform whose channel is shown, if there are two. */
  watched: PlayedChat['platform']
  /** The platform on which somebody works, if there are two. */
  sits: (player: Player) => PlayedChat['platform']
  case: { readonly id: CaseId; readonly channels: readonly [Placed, ...Placed[]]; stage: Stage | undefined } | undefined
}

/** The case of the play. @throws before its channel is open, if scenes are out of order */
export function theCase(playing: Playing): NonNullable<Playing['case']> {
  if (playing.case === undefined) throw new Error('No case is open yet.')
  return playing.case
}

/** The case's channels, the watched one first. */
export function placesOf(playing: Playing): readonly [Placed, ...Placed[]] {
  const { channels } = theCase(playing)
  const [first, second] = channels
  return second !== undefined && playing.watched === second.chat.platform ? [second, first] : channels
}

import type { CaseId, Stage } from '@embargo/core'
import type { Player } from './cast.ts'
import type { PlayedChannel, PlayedChat } from './chat/played-chat.ts'
import type { Line } from './line.ts'
import type { StageSetting } from './stage-setting.ts'

/** A channel of the case, and the platform that it is on. */
export type ChannelInChat = { readonly chat: PlayedChat; readonly channel: PlayedChannel }

/** A play in progress: the setting, where its lines go, and what the scenes have found so far. */
export type PlayInProgress = StageSetting & {
  readonly say: (line: Line) => void
  /** The ids of messages and mails that have been shown. */
  readonly shown: Set<string>
  /** The platform whose channel is shown, if the play uses two platforms. */
  watched: PlayedChat['platform']
  /** The platform on which somebody works, if the play uses two platforms. */
  sits: (player: Player) => PlayedChat['platform']
  case:
    | { readonly id: CaseId; readonly channels: readonly [ChannelInChat, ...ChannelInChat[]]; stage: Stage | undefined }
    | undefined
}

/** The case of the play. @throws if no case is open yet, because the scenes are out of order */
export function theCase(playing: PlayInProgress): NonNullable<PlayInProgress['case']> {
  if (playing.case === undefined) throw new Error('No case is open yet.')
  return playing.case
}

/** The case's channels on all platforms of the play, beginning with the watched platform. */
export function placesOf(playing: PlayInProgress): readonly [ChannelInChat, ...ChannelInChat[]] {
  const { channels } = theCase(playing)
  const [first, second] = channels
  return second !== undefined && playing.watched === second.chat.platform ? [second, first] : channels
}

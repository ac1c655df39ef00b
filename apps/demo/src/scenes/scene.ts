import type { PlayedChat } from '../chat/played-chat.ts'
import type { PlayInProgress } from '../playing.ts'

/** One scene. It begins at its time, and ends when everything that it waits for has happened. */
export type Scene = {
  readonly title: string
  /** When the scene begins, in UTC. */
  readonly at: string
  /** The platform whose channel is shown from here on, if the play uses Slack and Discord. */
  readonly watchedOn?: PlayedChat['platform']
  readonly play: (playing: PlayInProgress) => Promise<void>
}

import type { DatabaseConfig } from '@embargo/config'
import { instant, isoInstant } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { BEN, PUBLISHING } from './cast.ts'
import type { Line } from './line.ts'
import type { PlayInProgress } from './playing.ts'
import { SceneError } from './scene-error.ts'
import { SCENES } from './scenes/index.ts'
import type { Scene } from './scenes/scene.ts'
import { setStage } from './stage-setting.ts'
import type { StageSetting } from './stage-setting.ts'

const WHERE = {
  slack: `work its
security reports in Slack. Robin writes to them by mail, encrypted and signed (🔒).
Everything that follows is the real program: mails go over SMTP in both
directions, Slack is an emulator that refuses what Slack refuses, and the clock is
moved by hand.`,
  discord: `work its
security reports in Discord. Robin writes to them by mail, encrypted and signed (🔒).
Everything that follows is the real program: mails go over SMTP in both
directions, Discord is an emulator that refuses what Discord refuses, and the clock
is moved by hand.`,
  both: `work its
security reports, Ana in Slack and Ben in Discord. Robin writes to them by mail,
encrypted and signed (🔒). Everything that follows is the real program: mails go
over SMTP in both directions, Slack and Discord are emulators that refuse what
those refuse, and the clock is moved by hand. The case begins in Slack and ends in
Discord.`,
} as const

/** The platforms on which the team works: one platform, or both for the same case. */
export type DemoPlatforms = keyof typeof WHERE

const title = (on: DemoPlatforms): Line => ({
  line: 'title',
  title: 'One case, from mail to disclosure',
  text: `Quillmark is an invented template engine. Ana and Ben maintain it, and ${WHERE[on]}`,
})

export type PlayOptions = {
  /** Called with each line as it happens. */
  readonly say: (line: Line) => void
  /** Called at the end of the play, before the stage is removed. */
  readonly after?: (setting: StageSetting) => Promise<void> | void
  /** Ends the play early, by failing the current scene. */
  readonly signal?: AbortSignal
  /** Slack if absent. */
  readonly on?: DemoPlatforms
  /** The scenes to play. By default, these are all scenes, from the first mail of the case to its end. */
  readonly scenes?: readonly Scene[]
  /** SQLite in a temporary folder if absent. */
  readonly database?: DatabaseConfig
}

/**
 * Plays the case to its end. Leaves nothing behind, even if it fails.
 * @throws SceneError with the scene and what it waited for
 */
export async function play({
  say,
  after,
  signal,
  on = 'slack',
  scenes = SCENES,
  database,
}: PlayOptions): Promise<void> {
  say(title(on))
  const policy: Policy = { ...PUBLISHING, platforms: on === 'both' ? ['slack', 'discord'] : [on] }
  await using setting = await setStage({ database, policy, encrypted: true, publishes: true })
  const playing: PlayInProgress = {
    ...setting,
    say,
    shown: new Set(),
    watched: on === 'discord' ? 'discord' : 'slack',
    sits: (player) => (player === BEN ? 'discord' : playing.watched),
    case: undefined,
  }
  for (const [index, scene] of scenes.entries()) {
    setting.clock.moveTo(instant(Date.parse(scene.at)))
    say({ line: 'scene', number: index + 1, title: scene.title, at: isoInstant(setting.clock.now()) })
    if (on === 'both' && scene.watchedOn !== undefined) playing.watched = scene.watchedOn
    try {
      await unlessStopped(scene.play(playing), signal)
    } catch (cause) {
      throw new SceneError(scene.title, cause)
    }
  }
  await after?.(setting)
}

async function unlessStopped(played: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const stopped = Promise.withResolvers<never>()
  const stop = (): void => stopped.reject(signal?.reason)
  if (signal?.aborted === true) stop()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([played, stopped.promise])
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

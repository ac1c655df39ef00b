import type { Platform } from './actor.ts'

/** The default name of the root command. Every verb can be typed after this name. */
export const ROOT = 'cvd'

/** The root command's name on each platform where a deployment renames it. */
export type Roots = Readonly<Partial<Record<Platform, string>>>

/** The place where a command is typed. */
export type TypedIn = {
  /** The root command's name on this platform. Absent: `cvd`. */
  readonly root?: string
  /** The case's number. Needed in the terminal, which has no channels. */
  readonly case?: string
}

/**
 * A platform's name in texts, and how people type a command there. Nothing else in the texts differs between platforms.
 */
export type PlatformWords = {
  /** The platform's name after "on", as in `its channel on Slack`. */
  readonly called: string
  /** The phrase for where a command is typed: `in Slack`. */
  readonly where: string
  readonly typed: (usage: string, place: TypedIn) => string
}

export const PLATFORM_WORDS: Readonly<Record<Platform, PlatformWords>> = {
  slack: { called: 'Slack', where: 'in Slack', typed: (usage, { root = ROOT }) => `/${root} ${usage}` },
  // Discord's client accepts text after a slash command only if the command has a single text option. Only the root
  // command has one, so a command with arguments is typed through the root command.
  discord: {
    called: 'Discord',
    where: 'in Discord',
    typed: (usage, { root = ROOT }) => (usage.includes(' ') ? `/${root} ${usage}` : `/${usage}`),
  },
  terminal: {
    called: 'the terminal',
    where: 'in a terminal',
    typed: (usage, { case: named = '<case>' }) => `embargo ${named} ${usage}`,
  },
}

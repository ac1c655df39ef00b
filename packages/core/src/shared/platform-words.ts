import type { Platform } from './actor.ts'

/** The root command that has every verb, where a deployment does not rename it. */
export const ROOT = 'cvd'

/** How the root command is called on a platform where it is renamed. */
export type Roots = Readonly<Partial<Record<Platform, string>>>

/** Where a command is typed. */
export type TypedIn = {
  /** How the root command is called there; `cvd` without it. */
  readonly root?: string
  /** The terminal has no channels: there the case is named. */
  readonly case?: string
}

/** A platform in texts, and how people type a command on it: the only words in which two platforms differ. */
export type PlatformWords = {
  /** After "on": `its channel on Slack`. */
  readonly called: string
  /** Where somebody types: `in Slack`. */
  readonly where: string
  readonly typed: (usage: string, where: TypedIn) => string
}

export const PLATFORM_WORDS: Readonly<Record<Platform, PlatformWords>> = {
  slack: { called: 'Slack', where: 'in Slack', typed: (usage, { root = ROOT }) => `/${root} ${usage}` },
  discord: { called: 'Discord', where: 'in Discord', typed: (usage) => `/${usage}` },
  terminal: {
    called: 'the terminal',
    where: 'in a terminal',
    typed: (usage, { case: named = '<number>' }) => `embargo case ${named} ${usage}`,
  },
}

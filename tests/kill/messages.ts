import type { RecordedEvent, State } from '@embargo/core'
import type { Kill } from './points.ts'

/** The settings with which a program of the harness is started. */
export type Settings = {
  readonly folder: string
  /** The address of a PostgreSQL database. If absent, SQLite in the folder is used. */
  readonly database?: string
  readonly slackApiUrl: string
  readonly relayPort: number
  readonly imapPort: number
  /** The services at which the case is published. */
  readonly githubApiUrl: string
  readonly cveApiUrl: string
  readonly registryUrl: string
  readonly now: number
  /**
   * How long the machine has been off in total, in milliseconds. The leases of a program that died expire during this
   * time.
   */
  readonly offMs: number
  /** How many mails earlier processes had answered with 250 before this one started. */
  readonly answered: number
  /** Where the program is to die. It dies at the first of these places that it reaches. */
  readonly kills: readonly Kill[]
}

export type Ask =
  | { readonly ask: 'look' }
  | { readonly ask: 'verify' }
  | { readonly ask: 'move'; readonly to: number }
  | {
      readonly ask: 'command'
      readonly account: string
      readonly case: string
      readonly verb: string
      readonly input: Readonly<Record<string, string>>
      readonly deliveryId: string
    }

export type EffectSnapshot = {
  readonly id: string
  readonly kind: string
  readonly letter?: string
  readonly doubt: string
  readonly state: string
  readonly evidence?: string
  /** The Message-ID of a rendered mail. */
  readonly messageId?: string
}

export type StreamSnapshot = {
  readonly id: string
  readonly state: State
  readonly events: readonly RecordedEvent[]
  readonly effects: readonly EffectSnapshot[]
}

export type MailSnapshot = {
  readonly id: string
  readonly envelopeFrom?: string
  readonly state: string
  readonly stream?: string
}

export type Snapshot = { readonly streams: readonly StreamSnapshot[]; readonly came: readonly MailSnapshot[] }

export type StreamVerdict = { readonly stream: string; readonly ok: boolean }

/** The answer to a command. `refused`: the text of a refusal. `press`: the button that confirms a preview. */
export type CommandAnswer = {
  readonly refused?: string
  readonly press?: { readonly verb: string; readonly input: Readonly<Record<string, string>> }
}

/** The ports at which the program accepts mail. */
export type Ports = { readonly smtp: number; readonly lmtp: number }

export type FromParent = { readonly id: number; readonly question: Ask }

export type FromChild =
  | { readonly is: 'ready'; readonly ports: Ports }
  | { readonly is: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly is: 'failed'; readonly id: number; readonly message: string }

import type { REST } from 'discord.js'
import type { RegisteredCommand } from '../registration/commands.ts'

/** The result of one check. `todo` says which setting to change. A `warning` does not keep the bot from working. */
export type Check = { readonly what: string } & (
  | { readonly ok: true; readonly note?: string }
  | { readonly ok: false; readonly todo: string; readonly warning?: true }
)

export type DoctorRequest = {
  readonly rest: REST
  readonly guild: string
  readonly token: string
} & ExpectedServer

/** The expected state of the server. Absent parts are not checked. */
export type ExpectedServer = {
  /** The people who should be in the server, with their accounts. */
  readonly people?: readonly { readonly account: string; readonly name: string }[]
  /** The roles of the server that the policy maps, and what each gives. */
  readonly roles?: readonly { readonly id: string; readonly gives: string }[]
  readonly commands?: readonly RegisteredCommand[]
  /**
   * The channels of open cases that the caller may know of, with the accounts of the people on each case. `lost`:
   * whether the channel is known to be gone.
   */
  readonly channels?: readonly {
    readonly case: string
    readonly channel: string
    readonly lost: boolean
    readonly accounts: readonly string[]
  }[]
}

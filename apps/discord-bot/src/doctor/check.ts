import type { REST } from 'discord.js'
import type { RegisteredCommand } from '../registration/commands.ts'

/** One thing that was looked at. `todo` says which switch to turn; a `warning` does not keep the bot from working. */
export type Check = { readonly what: string } & (
  | { readonly ok: true; readonly note?: string }
  | { readonly ok: false; readonly todo: string; readonly warning?: true }
)

export type DoctorRequest = {
  readonly rest: REST
  readonly guild: string
  readonly token: string
} & Expected

/** What should be in the server; parts that are absent here are not checked. */
export type Expected = {
  /** Accounts that should be in the server, with whose they are. */
  readonly people?: readonly { readonly account: string; readonly name: string }[]
  /** The server's roles that the policy maps, with what each gives. */
  readonly roles?: readonly { readonly id: string; readonly gives: string }[]
  readonly commands?: readonly RegisteredCommand[]
  /**
   * The channels of open cases, as far as who asks may know of them, with the accounts of who is on the case. `lost`: it is
   * known to be gone.
   */
  readonly channels?: readonly {
    readonly case: string
    readonly channel: string
    readonly lost: boolean
    readonly accounts: readonly string[]
  }[]
}

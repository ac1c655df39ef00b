import type { ReceivedRequest, Reply } from '@embargo/emulator-kit'
import type { CveCall } from './faults.ts'
import type { CveService, Organization } from './service.ts'

/** The caller, as named by the three credential headers of a call. */
export type Caller = { readonly organization: Organization; readonly user: string }

/** A call whose caller is known, with the variable parts of its path. */
export type Call = {
  readonly service: CveService
  readonly received: ReceivedRequest
  readonly caller: Caller
  /** The id or the organization in the path. */
  readonly named: string
}

export type Handler = (call: Call) => Reply

/** One path of the API's description. */
export type Route = {
  readonly call: CveCall
  readonly verb: string
  readonly path: RegExp
  /** Whether the call needs no credentials. */
  readonly isOpen?: true
  /** Whether only an organization that assigns ids may call it. */
  readonly onlyCnas?: true
  readonly handle: Handler
}

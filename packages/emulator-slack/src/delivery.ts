import type { Faults } from './faults.ts'
import { HttpDelivery } from './http-delivery.ts'
import type { RequestUrl } from './http-delivery.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject } from '@embargo/emulator-kit'
import type { Ack, Envelope, Sockets } from './sockets.ts'
import type { Workspace } from './workspace.ts'

/** Delivers payloads to the app: over its sockets or, if it has a Request URL, over HTTP. */
export class Delivery {
  readonly #sockets: Pick<Sockets, 'send'>
  readonly #workspace: Workspace
  readonly #ackMs: number
  #http: HttpDelivery | undefined
  #faults: Faults | undefined

  constructor(workspace: Workspace, transport: { readonly sockets: Pick<Sockets, 'send'>; readonly ackMs: number }) {
    this.#workspace = workspace
    this.#sockets = transport.sockets
    this.#ackMs = transport.ackMs
  }

  /**
   * Sets the app's Request URL, to which every payload goes from now on. Throws if the app does not answer the
   * challenge.
   */
  async toUrl(request: RequestUrl): Promise<void> {
    const faults = {
      takeTwice: () => this.#faults?.takeTwice() ?? false,
      takeLostAck: () => this.#faults?.takeLostAck() ?? false,
    }
    const http = new HttpDelivery(this.#workspace, { ...request, faults, ackMs: this.#ackMs })
    await http.verify()
    this.#http = http
  }

  /** Sets the faults. The constructor cannot take them, because they refer to the sockets. */
  obey(faults: Faults): void {
    this.#faults = faults
  }

  /** Delivers one payload and waits for the acknowledgement. Never rejects. */
  send(envelope: Envelope): Promise<Ack> {
    const team = this.#faults?.takeTeam()
    return (this.#http ?? this.#sockets).send(team === undefined ? envelope : claimedBy(team, envelope))
  }

  close(): void {
    this.#http?.close()
  }
}

// The payload with another team's id. Commands have the id in one field, interactions in two, events in their
// authorization.
const claimedBy = (team: string, envelope: Envelope): Envelope => {
  const { payload } = envelope
  const claimed: JsonObject = {
    ...payload,
    ...(payload['team_id'] === undefined ? {} : { team_id: team }),
    ...(isObject(payload['team']) ? { team: { ...payload['team'], id: team } } : {}),
    ...(payload['authorizations'] === undefined ? {} : { authorizations: [{ enterprise_id: null, team_id: team }] }),
  }
  return { ...envelope, payload: claimed }
}

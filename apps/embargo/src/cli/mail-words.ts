import type { Addressee } from '@embargo/core'

export type Came = {
  readonly id: string
  readonly state: string
  readonly stream?: string
  readonly receivedAt: number
  readonly because?: string
  /** In its case, and not opened. */
  readonly quarantined?: boolean
}

/** What became of a mail that came. */
export function becameOf({ state, stream, because, quarantined }: Came): string {
  if (quarantined === true) return `${stream ?? 'its case'}, in quarantine and not opened; the case says why`
  if (stream !== undefined) return stream
  if (state === 'held') return 'it waits for a person, since too many came: "embargo intake"'
  if (state === 'dismissed') return `set aside by ${because ?? 'a person'}; "embargo intake open <id>" opens it`
  if (state === 'set-aside') return `set aside, in no case: ${because ?? 'no reason was kept'}`
  return 'waiting to be taken in'
}

export type Went = {
  readonly effect: string
  readonly case: string
  readonly letter: string
  readonly to: Addressee
  /** Its place in the outbox, or `withdrawn`. */
  readonly state: string
  readonly evidence?: string
}

/** What became of a mail of ours, by its place in the outbox and what the outside said. */
export function sentOf({ state, evidence }: Pick<Went, 'state' | 'evidence'>, relays: boolean): string {
  switch (state) {
    case 'done':
      return 'sent'
    case 'withdrawn':
      return `withdrawn, sent to nobody: ${evidence ?? 'the case says why'}`
    case 'failed':
      return 'not sent, for good; the case says why'
    case 'parked':
      return 'it waits for a person: the case asks what is to be done'
    case 'leased':
      return 'being sent'
    default:
      return relays ? 'waiting to be sent' : 'waits here, sent to nobody: no relay is set (EMBARGO_SMTP_RELAY)'
  }
}

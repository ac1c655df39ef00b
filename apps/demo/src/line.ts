import type { Stage } from '@embargo/core'

/** A mail that leaves or arrives, as a reader of the play sees it. */
export type MailLine = {
  readonly line: 'mail'
  readonly direction: 'arrives' | 'leaves'
  /**
   * Whether the mail is encrypted and signed. If it is, `headers` and `text` are what its reader sees after decryption.
   */
  readonly isEncrypted: boolean
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[]
}

/** One line of the play. It is data, so that it can be printed in several ways. Instants are ISO 8601 in UTC. */
export type Line =
  | { readonly line: 'title'; readonly title: string; readonly text: string }
  | { readonly line: 'scene'; readonly number: number; readonly title: string; readonly at: string }
  | { readonly line: 'time'; readonly at: string }
  | { readonly line: 'does'; readonly who: string; readonly what: string }
  /** `to` is a channel, or the one person who sees the card. */
  | { readonly line: 'shows'; readonly to: string; readonly what: string; readonly text: string }
  | MailLine
  | { readonly line: 'stage'; readonly case: string; readonly stage: Stage; readonly was?: Stage }
  | { readonly line: 'proof'; readonly stream: string; readonly events: number; readonly head: string }
  | { readonly line: 'note'; readonly text: string }

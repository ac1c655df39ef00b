import type { KeyFor } from '@embargo/bot-kit'
import { cut } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import { VIEW_TITLE_MAX } from '../limits.ts'
import type { ModalView } from '../render/blocks.ts'
import { plain } from '../render/blocks.ts'
import { renderCard } from '../render/card.ts'

/** Draws a card as a separate modal, which stores the channel in which the card was requested. */
export function cardView(card: Card, channel: string | undefined, keyFor?: KeyFor): ModalView {
  return {
    type: 'modal',
    title: plain(cut(card.title.trim() || 'Not yet', VIEW_TITLE_MAX)),
    close: plain('Back'),
    private_metadata: JSON.stringify(channel === undefined ? {} : { channel }),
    blocks: renderCard(card, keyFor).message.blocks,
  }
}

import type { Card } from '@embargo/engine'
import { VIEW_BLOCKS_MAX, VIEW_CHARS_MAX } from '../limits.ts'
import type { HomeView, KnownBlock } from './blocks.ts'
import { plain, sizeOf } from './blocks.ts'
import { renderCard } from './card.ts'

/** How many blocks are kept free for the note that some cards are left out. */
const NOTE_BLOCKS = 1

/**
 * Draws cards as the Home tab of one person, in the given order. Pure. If not all cards fit, the last ones are left
 * out, and the tab says so. `all`: the command that shows all of the cards.
 */
export function renderHome(cards: readonly Card[], all: string): HomeView {
  const blocks: KnownBlock[] = []
  let hidden = 0
  for (const card of cards) {
    const drawn: KnownBlock[] = [...(blocks.length === 0 ? [] : [divider]), ...renderCard(card).message.blocks]
    const fits =
      blocks.length + drawn.length <= VIEW_BLOCKS_MAX - NOTE_BLOCKS && sizeOf(blocks) + sizeOf(drawn) <= VIEW_CHARS_MAX
    if (hidden > 0 || !fits) hidden += 1
    else blocks.push(...drawn)
  }
  if (hidden > 0)
    blocks.push({ type: 'context', elements: [plain(`${hidden} more did not fit. To see all, type ${all}`)] })
  return { type: 'home', blocks }
}

const divider: KnownBlock = { type: 'divider' }

import { CALM, gallery, policyOn } from '../../packages/chat/test/fixtures/gallery.ts'
import type { Samples } from '../../packages/chat/test/fixtures/exhibits.ts'
import type { Gallery } from './page.ts'

/** The cards and forms of each platform side by side. */
export async function everyCardAndForm(outside: Samples = CALM): Promise<Gallery> {
  const slack = await gallery(outside, policyOn('slack'))
  const discord = await gallery(outside, policyOn('discord'))
  const terminal = await gallery(outside, policyOn('terminal'))
  const called = ({ cards }: typeof slack, name: string) => cards.find((one) => one.name === name)?.card
  return {
    cards: slack.cards.map(({ name, card }) => ({
      name,
      slack: card,
      discord: called(discord, name) ?? card,
      terminal: called(terminal, name) ?? card,
    })),
    forms: slack.forms,
  }
}

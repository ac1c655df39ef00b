import type { Attempt, EffectOf } from '../context.ts'

type CardContext = Attempt & { readonly effect: EffectOf<'place-card' | 'update-card'> }

const keyOf = ({ effect }: CardContext, stream: string): string =>
  `${effect.case} ${effect.platform} ${effect.slot} ${stream}`

/** Remembers the versions of all streams from which the card was just drawn. */
export function rememberShown(context: CardContext): void {
  for (const state of [context.state, ...context.world.others.values()])
    context.shown.set(keyOf(context, state.id), state.version)
}

/** Whether the card already shows this event, because it was drawn from a later state. */
export function isAlreadyShown(context: CardContext): boolean {
  const { recorded, shown } = context
  return (shown.get(keyOf(context, recorded.stream)) ?? 0) >= recorded.version
}

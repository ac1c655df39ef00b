import type { Card } from '@embargo/engine'
import { buildCard } from './cards/card.ts'
import { code, faint, line } from './cards/spans.ts'
import type { WordReplacement } from './resolve.ts'
import type { Place, Reply } from './types.ts'
import { typedAt } from './usage.ts'

/** Adds a line to the answer. The line says which word replaces the former word that was typed. */
export function withNewWords(reply: Reply, replaced: WordReplacement, place: Place): Reply {
  if ('form' in reply) return reply
  if ('refusal' in reply) return { ...reply, refusal: noted(reply.refusal, replaced, place) }
  return { ...reply, card: noted(reply.card, replaced, place) }
}

const noted = ({ fallback: _drawnAgain, ...card }: Card, { old, by }: WordReplacement, place: Place): Card =>
  buildCard({ ...card, lines: [...card.lines, line(faint(`“${old}” is now `), code(typedAt(place, by)), faint('.'))] })

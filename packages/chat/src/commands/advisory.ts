import { z } from 'zod'
import { REFERENCES_MAX } from '@embargo/core'
import type { StatedReferences } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { REFERENCE_HINT, readReferences, referencesInWords } from './shared/reference-list.ts'
import { TEAM_OR_MAINTAINER } from './shared/roles.ts'

export const advisory = defineCommand({
  verb: 'advisory',
  summary: 'Enter the facts for the public texts: component, impact, workaround and links',
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Advisory text', submit: 'Save' },
  options: {
    component: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Component', hint: 'The affected part of the product', wanted: true }),
    impact: z.string().max(2000).exactOptional().register(about, {
      label: 'Impact, in one sentence',
      hint: 'By doing …, an attacker may …',
      kind: 'long-text',
      wanted: true,
    }),
    workaround: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Workaround', kind: 'long-text', takes: 'named', shownAs: 'text' }),
    links: z.string().max(3000).exactOptional().register(about, {
      label: 'Links',
      hint: REFERENCE_HINT,
      kind: 'long-text',
      takes: 'named',
      unquoted: true,
      shownAs: 'kind https://…',
    }),
  },
  run: async (call) => {
    const { values, command } = call
    const { id, state } = call.case
    const { references: known = [], ...text } = state.advisory ?? {}
    const { links, ...words } = values
    const { component, impact } = { ...text, ...words }
    if (component === undefined || impact === undefined || Object.keys(values).length === 0) {
      const shown = known.length === 0 ? {} : { links: referencesInWords(known) }
      return { form: command.form({ case: id, ...text, ...shown, ...values }) }
    }
    const references = links === undefined ? undefined : statedReferences(links)
    if (typeof references === 'string') return wrongInput({ command, setting: call, because: references })
    const request = {
      verb: 'advisory',
      case: id,
      ...words,
      ...(references === undefined ? {} : { references }),
    } as const
    return send(call, request, 'Saved. The public texts are generated from these facts.')
  },
})

/**
 * Reads the list of all links of the advisory; the word `none` means an empty list. Returns a sentence if the links
 * cannot be read.
 */
function statedReferences(typed: string): StatedReferences | string {
  const read = typed.trim().toLowerCase() === 'none' ? [] : readReferences(typed)
  if (typeof read === 'string') return read
  if (read.length > REFERENCES_MAX) return `There are ${read.length} links; the limit is ${REFERENCES_MAX}.`
  const stated = read.flatMap(({ kind, url }) => (kind === 'none' ? [] : [{ kind, url }]))
  return stated.length === read.length ? stated : 'Name all links that the texts should have, or type “none”.'
}

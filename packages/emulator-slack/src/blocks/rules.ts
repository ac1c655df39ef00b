import type { Block } from './blocks.ts'
import type { Element } from './elements.ts'
import type { Problem } from './problems.ts'

/** An element that a person can touch, with its block and its path. */
export type PlacedElement = { readonly block: Block; readonly element: Element; readonly path: readonly PropertyKey[] }

/** The interactive elements of some blocks, in reading order. */
export const elementsOf = (blocks: readonly Block[]): readonly PlacedElement[] =>
  blocks.flatMap((block, index): readonly PlacedElement[] => {
    if (block.type === 'actions') {
      return block.elements.map((element, at) => ({ block, element, path: [index, 'elements', at] }))
    }
    if (block.type === 'input') return [{ block, element: block.element, path: [index, 'element'] }]
    if (block.type !== 'section' || !block.accessory || block.accessory.type === 'image') return []
    return [{ block, element: block.accessory, path: [index, 'accessory'] }]
  })

const sameOption = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const elementProblems = ({ element, path }: PlacedElement): readonly Problem[] => {
  if (element.type === 'plain_text_input') {
    const { min_length: min = 0, max_length: max = Infinity } = element
    return min > max ? [{ text: 'min_length must be at most max_length', path }] : []
  }
  if (element.type !== 'static_select' && element.type !== 'radio_buttons') return []
  const groups = element.type === 'static_select' ? element.option_groups : undefined
  if (!element.options && !groups) return [{ text: 'missing required field: options', path }]
  if (element.options && groups) return [{ text: 'options and option_groups exclude each other', path }]
  const initial = element.initial_option
  const options = element.options ?? groups?.flatMap((group) => group.options) ?? []
  if (!initial || options.some((option) => sameOption(option, initial))) return []
  return [{ text: 'initial_option does not match any option', path }]
}

const repeated = (values: readonly (string | undefined)[]): ReadonlySet<string> => {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const value of values) {
    if (value !== undefined && seen.has(value)) twice.add(value)
    if (value !== undefined) seen.add(value)
  }
  return twice
}

const focusProblems = (placed: readonly PlacedElement[]): readonly Problem[] =>
  placed
    .filter(({ element }) => 'focus_on_load' in element && element.focus_on_load === true)
    .slice(1)
    .map(({ path }) => ({ text: 'only one element may have focus_on_load', path }))

/**
 * Violations of rules that concern several fields: repeated ids, an empty section, or an initial option that is not
 * offered.
 */
export const ruleProblems = (blocks: readonly Block[]): readonly Problem[] => {
  const placed = elementsOf(blocks)
  const blockIds = repeated(blocks.map((block) => block.block_id))
  return [
    ...blocks.flatMap((block, index): Problem[] =>
      block.block_id !== undefined && blockIds.has(block.block_id)
        ? [{ text: `block_id \`${block.block_id}\` already exists`, path: [index, 'block_id'] }]
        : [],
    ),
    ...blocks.flatMap((block, index): Problem[] => {
      if (block.type === 'section' && !block.text && !block.fields) {
        return [{ text: 'missing required field: text or fields', path: [index] }]
      }
      if (block.type !== 'actions') return []
      const ids = repeated(block.elements.map((element) => element.action_id))
      return ids.size === 0 ? [] : [{ text: `action_id \`${[...ids].join(', ')}\` already exists`, path: [index] }]
    }),
    ...placed.flatMap(elementProblems),
    ...focusProblems(placed),
  ]
}

import type { Block } from '../blocks/blocks.ts'
import { checkMessageBlocks } from '../blocks/check.ts'
import type { Json, JsonObject } from '@embargo/emulator-kit'
import { isObject, textAt } from '@embargo/emulator-kit'
import { MESSAGE_BLOCKS_TOTAL_MAX, METADATA_PAYLOAD_MAX, TEXT_MAX } from '../limits.ts'
import type { Metadata } from '../state.ts'
import type { Answer } from './answer.ts'
import { refused, refusedBecause } from './answer.ts'

export type Content = { readonly text: string; readonly blocks: readonly Block[] }

type ReadResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer }

/**
 * Reads text and blocks of a message. For response URLs, the caller must set `totalMax` to infinity, because Slack does
 * not limit the total there.
 */
export const readContent = (
  given: { readonly text: string | undefined; readonly blocks: Json | undefined },
  rules: { readonly nextId: () => string; readonly textMax?: number; readonly totalMax?: number },
): ReadResult<Content> => {
  const text = given.text ?? ''
  const { textMax = TEXT_MAX, totalMax = MESSAGE_BLOCKS_TOTAL_MAX } = rules
  if (given.blocks !== undefined && !Array.isArray(given.blocks)) {
    return { ok: false, answer: refused('invalid_blocks_format') }
  }
  const checked = checkMessageBlocks(given.blocks ?? [], rules.nextId)
  if (!checked.ok) return { ok: false, answer: refusedBecause('invalid_blocks', checked.messages) }
  if (text === '' && checked.value.length === 0) return { ok: false, answer: refused('no_text') }
  if (text.length > textMax) return { ok: false, answer: refused('msg_too_long') }
  if (JSON.stringify(given.blocks ?? []).length > totalMax) {
    return { ok: false, answer: refused('msg_blocks_too_long') }
  }
  return { ok: true, value: { text, blocks: checked.value } }
}

/** Whether no value of the payload is null. */
const isPayload = (value: JsonObject): boolean => Object.values(value).every((each) => each !== null)

/** Reads message metadata; an empty object removes it. */
export const readMetadata = (given: Json | undefined): ReadResult<Metadata | undefined> => {
  if (given === undefined) return { ok: true, value: undefined }
  if (!isObject(given)) return { ok: false, answer: refused('invalid_metadata_format') }
  const keys = Object.keys(given)
  if (keys.length === 0) return { ok: true, value: undefined }
  const type = textAt(given, 'event_type')
  const payload = given['event_payload']
  if (type === undefined || type === '' || !isObject(payload) || !isPayload(payload) || keys.length !== 2) {
    return { ok: false, answer: refused('invalid_metadata_schema') }
  }
  if (JSON.stringify(payload).length > METADATA_PAYLOAD_MAX) return { ok: false, answer: refused('metadata_too_large') }
  return { ok: true, value: { event_type: type, event_payload: payload } }
}

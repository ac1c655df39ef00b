import type { types } from '@slack/bolt'

export type KnownBlock = types.KnownBlock
export type PlainText = types.PlainTextElement
export type Button = types.Button
export type ModalView = types.ModalView
export type HomeView = types.HomeView
export type PlainOption = types.PlainTextOption
export type InputElement = Extract<KnownBlock, { type: 'input' }>['element']
export type RichTextElement = types.RichTextElement
export type RichTextDate = types.RichTextDate

/** Text without markup: Slack interprets neither formatting nor emoji codes in it. */
export const plain = (text: string): PlainText => ({ type: 'plain_text', text, emoji: false })

/** The size as Slack counts it: the characters of the serialized blocks. */
export const sizeOf = (blocks: readonly KnownBlock[]): number => JSON.stringify(blocks).length

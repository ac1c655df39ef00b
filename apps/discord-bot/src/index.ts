export type { DiscordMessage, DrawnCard, TextFile } from './render/card.ts'
export { renderCard } from './render/card.ts'
export type { Modal } from './render/form.ts'
export { FormTooLarge, pagesOf, renderForm } from './render/form.ts'

/** Turns an id into a name. */
export type NameOf = (id: string) => string | undefined

/** Mentions with names for ids, as the client shows them; the rest of the Markdown stays as it is written. */
export const renderMarkdown = (text: string, nameOf: NameOf): string =>
  text
    .replaceAll(/<@!?(\d+)>/g, (whole, id: string) => `@${nameOf(id) ?? whole}`)
    .replaceAll(/<@&(\d+)>/g, (whole, id: string) => `@${nameOf(id) ?? whole}`)
    .replaceAll(/<#(\d+)>/g, (whole, id: string) => `#${nameOf(id) ?? whole}`)
    .replaceAll(/\\([\\*_~`|>#[\]()@:.<-])/g, '$1')
